package dev.sluice.contract.topic;

import dev.sluice.contract.id.SubmissionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Whether an existing topic can be used as it is. Each entry is a sentence that says what was found and what is expected, and so what to change.
 *
 * @param faults what makes the topic unusable: ids or times would be wrong, or records would not fit
 * @param risks what could lose acknowledged records
 * @param remarks what is worth knowing, though the topic may be used
 */
public record TopicFitness(List<String> faults, List<String> risks, List<String> remarks) {

    private static final int REPLICAS_THAT_LOSE_ONE = 3;
    private static final String NO_ID = Uuid.ZERO_UUID.toString();
    private static final String CLEANUP_POLICY = "cleanup.policy";
    private static final String TIMESTAMP_TYPE = "message.timestamp.type";
    private static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    private static final String MIN_INSYNC = "min.insync.replicas";
    private static final String UNCLEAN = "unclean.leader.election.enable";

    public TopicFitness {
        faults = List.copyOf(faults);
        risks = List.copyOf(risks);
        remarks = List.copyOf(remarks);
    }

    /** Judges the submissions topic, which ids and times depend on. */
    public static TopicFitness ofSubmissions(TopicFacts found, TopicSettings made) {
        Check check = new Check(found, made);
        if (found.partitions() > SubmissionId.MAX_PARTITIONS) {
            check.faults.add(check.subject() + "has " + found.partitions() + " partitions: expected at most "
                    + SubmissionId.MAX_PARTITIONS);
        }
        missingId(found.name(), found.id()).ifPresent(check.faults::add);
        check.equal(TIMESTAMP_TYPE);
        check.all();
        check.retention();
        return check.result();
    }

    /** Judges any other topic by the settings it would have been created with. */
    public static TopicFitness of(TopicFacts found, TopicSettings made) {
        Check check = new Check(found, made);
        check.all();
        return check.result();
    }

    /** The fault of a topic to which Kafka has given no id; empty if it has. */
    public static Optional<String> missingId(String name, String id) {
        return id.equals(NO_ID)
                ? Optional.of(
                        "topic " + name + " has no id, so one that was made anew could not be told from it: expected a"
                                + " Kafka that gives topics ids, of version 2.8 or later (with ZooKeeper, also"
                                + " inter.broker.protocol.version=2.8 or later)")
                : Optional.empty();
    }

    public Optional<String> allFaults() {
        return inOneLine(faults);
    }

    /** Judges the topic of tokens' last uses, which nothing depends on. */
    public static TopicFitness ofTokenUses(TopicFacts found, TopicSettings made) {
        TopicFitness fitness = of(found, made);
        List<String> remarks = new ArrayList<>(fitness.remarks);
        remarks.addAll(fitness.faults);
        return new TopicFitness(List.of(), fitness.risks, remarks);
    }

    /** This judgement, with all that is wrong with a topic that is only written as a risk. */
    public TopicFitness with(TopicFitness written) {
        List<String> risks = new ArrayList<>(this.risks);
        risks.addAll(written.faults);
        risks.addAll(written.risks);
        List<String> remarks = new ArrayList<>(this.remarks);
        remarks.addAll(written.remarks);
        return new TopicFitness(faults, risks, remarks);
    }

    public Optional<String> faultsAndRisks() {
        List<String> all = new ArrayList<>(faults);
        all.addAll(risks);
        return inOneLine(all);
    }

    private static Optional<String> inOneLine(List<String> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", all));
    }

    private static final class Check {

        private final TopicFacts found;
        private final TopicSettings made;
        private final List<String> faults = new ArrayList<>();
        private final List<String> risks = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();

        Check(TopicFacts found, TopicSettings made) {
            this.found = found;
            this.made = made;
        }

        TopicFitness result() {
            return new TopicFitness(faults, risks, remarks);
        }

        void all() {
            if (found.configuration().isEmpty()) {
                remarks.add(subject()
                        + "does not show its settings: they are not checked without the permission DescribeConfigs");
            }
            leaders();
            replicas();
            equal(CLEANUP_POLICY);
            roomForRecords();
            insyncReplicas();
            if (is(UNCLEAN, "true")) {
                risks.add(setting(UNCLEAN) + ": expected false, or acknowledged records are lost when a replica that"
                        + " lacks them takes over");
            }
        }

        String subject() {
            return "topic " + found.name() + " ";
        }

        String setting(String name) {
            return subject() + "has " + name + "=" + found.configuration().get(name);
        }

        boolean is(String name, String value) {
            return value.equals(found.configuration().get(name));
        }

        void equal(String name) {
            String expected = made.configuration().get(name);
            if (expected != null && found.configuration().containsKey(name) && !is(name, expected)) {
                faults.add(setting(name) + ": expected " + expected);
            }
        }

        void leaders() {
            if (!found.leaderless().isEmpty()) {
                remarks.add(subject() + "has no leader for its partitions " + found.leaderless()
                        + ": they can be neither written nor read until a broker that has them is back");
            }
        }

        void replicas() {
            int expected = Math.min(REPLICAS_THAT_LOSE_ONE, found.brokers());
            if (found.replicas() < expected) {
                remarks.add(subject() + "has " + counted(found.replicas(), "replica") + " and the cluster "
                        + found.brokers()
                        + " brokers, so acknowledged records are lost with " + counted(found.replicas(), "disk")
                        + ": expected " + expected + " replicas");
            }
        }

        void roomForRecords() {
            Integer expected = number(made.configuration().get(MAX_MESSAGE_BYTES));
            Integer actual = number(found.configuration().get(MAX_MESSAGE_BYTES));
            if (expected != null && actual != null && actual < expected) {
                faults.add(setting(MAX_MESSAGE_BYTES) + ": expected at least " + expected
                        + ", for the largest record that Sluice writes");
            }
        }

        void insyncReplicas() {
            Integer least = number(found.configuration().get(MIN_INSYNC));
            if (least == null) {
                return;
            }
            String replicas = " and " + counted(found.replicas(), "replica");
            if (least > found.replicas()) {
                remarks.add(setting(MIN_INSYNC) + replicas + ", so brokers older than Kafka 3.7 write nothing to it"
                        + " (later ones want no more than there are): expected at most " + found.replicas());
            } else if (least == 1 && found.replicas() >= REPLICAS_THAT_LOSE_ONE) {
                risks.add(setting(MIN_INSYNC) + replicas
                        + ", so an acknowledged record can be lost with one broker: expected at least 2");
            } else if (least == 1 && found.replicas() == 2 && found.brokers() < REPLICAS_THAT_LOSE_ONE) {
                remarks.add(
                        setting(MIN_INSYNC) + replicas + ", so while a broker is away, what is acknowledged is on one"
                                + " disk: expected 3 replicas on 3 brokers, and " + MIN_INSYNC + "=2");
            }
        }

        void retention() {
            for (String name : List.of("retention.ms", "retention.bytes")) {
                if (made.configuration().containsKey(name)
                        && found.configuration().containsKey(name)
                        && !is(name, "-1")) {
                    remarks.add(setting(name)
                            + ": what is deleted can be neither read by id nor used to rebuild the store");
                }
            }
        }

        private static String counted(int number, String noun) {
            return number + " " + noun + (number == 1 ? "" : "s");
        }

        private static @Nullable Integer number(@Nullable String text) {
            return text == null ? null : Integer.valueOf(text);
        }
    }
}
