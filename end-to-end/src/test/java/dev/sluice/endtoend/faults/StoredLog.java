package dev.sluice.endtoend.faults;

import static dev.sluice.test.Patience.DESPITE_FAULTS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.test.history.Projection;
import dev.sluice.test.process.InstalledTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.bson.Document;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The result of processing a log: in the store, on the outcome and dead letter topics, and in the group's offsets. Not thread-safe. */
final class StoredLog implements AutoCloseable {

    private static final int KAFKA_SECONDS = 30;

    private final RandomLog log;
    private final InstalledTopics topics;
    private final MongoClient client;
    private final MongoDatabase database;
    private final Admin admin;

    StoredLog(RandomLog log, InstalledTopics topics, String uri) {
        this.log = log;
        this.topics = topics;
        this.client = MongoClients.create(uri);
        this.database = client.getDatabase(requireNonNull(new ConnectionString(uri).getDatabase()));
        this.admin = Admin.create(topics.kafka());
    }

    /** The first offset of each partition without an outcome in the store. */
    Map<Integer, Long> progress() {
        Map<Integer, Long> progress = new TreeMap<>();
        for (Document one : database.getCollection("progress").find()) {
            progress.put(one.getInteger("_id"), one.get("next", Number.class).longValue());
        }
        return progress;
    }

    /** The committed offset of each partition. */
    Map<Integer, Long> committed() {
        Map<Integer, Long> committed = new TreeMap<>();
        asked(() -> admin.listConsumerGroupOffsets(group())
                        .partitionsToOffsetAndMetadata()
                        .get(KAFKA_SECONDS, TimeUnit.SECONDS))
                .forEach((partition, offset) -> committed.put(partition.partition(), offset.offset()));
        return committed;
    }

    /** The group's members and the partitions of each. */
    Map<String, Set<Integer>> members() {
        Map<String, ConsumerGroupDescription> groups =
                asked(() -> admin.describeConsumerGroups(List.of(group())).all().get(KAFKA_SECONDS, TimeUnit.SECONDS));
        return requireNonNull(groups.get(group())).members().stream()
                .collect(Collectors.toMap(MemberDescription::consumerId, StoredLog::partitions));
    }

    private static Set<Integer> partitions(MemberDescription member) {
        return member.assignment().topicPartitions().stream()
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    /** Whether every record has its outcome. */
    boolean isComplete() {
        Map<Integer, Long> progress = progress();
        return progress.size() == log.partitions()
                && progress.values().stream().allMatch(next -> next == log.perPartition());
    }

    /** Returns once every record has its outcome. */
    void awaitComplete() {
        Awaitility.await("all of the log in the store")
                .atMost(DESPITE_FAULTS)
                .pollInterval(Duration.ofMillis(100))
                .until(this::isComplete);
    }

    /** Requires that Kafka's committed offsets are never ahead of the store. */
    void requireCommittedOnlyWhatIsStored() {
        Map<Integer, Long> committed = committed();
        Map<Integer, Long> progress = progress();
        committed.forEach((partition, offset) -> assertThat(offset)
                .as("committed offset of partition %d, the store is at %s", partition, progress)
                .isLessThanOrEqualTo(progress.getOrDefault(partition, 0L)));
    }

    /**
     * Requires that each record has one document, that each fold and count equals one computed from the log, and that
     * outcomes cover every record.
     */
    void holds(String injected) {
        awaitComplete();
        requireCommittedOnlyWhatIsStored();
        assertThat(Projection.in(database)).isEqualTo(log.projection());
        int repeated = requireOutcomes();
        requireDeadLetters();
        Map<String, Long> states =
                log.states().values().stream().collect(Collectors.groupingBy(state -> state, Collectors.counting()));
        System.out.printf(
                "Faults, seed %d: %s; %d records in %d partitions, each once in the store: %s; %d outcomes told again%n",
                Faults.seed(),
                injected,
                log.perPartition() * log.partitions(),
                log.partitions(),
                new TreeMap<>(states),
                repeated);
    }

    @Override
    public void close() {
        client.close();
        admin.close();
    }

    /** An outcome that is published again must be identical. */
    private int requireOutcomes() {
        Map<Long, ObjectNode> told = new TreeMap<>();
        List<ConsumerRecord<byte[], byte[]>> records =
                topics.records(topics.names().outcomes());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ObjectNode outcome = (ObjectNode) JsonMapper.shared().readTree(record.value());
            outcome.remove("processed");
            ObjectNode before = told.put(outcome.get("id").longValue(), outcome);
            assertThat(before == null || before.equals(outcome))
                    .as("%s was told as %s before", outcome, before)
                    .isTrue();
        }
        Map<Long, String> states = new TreeMap<>();
        told.forEach((id, outcome) -> states.put(id, outcome.get("state").stringValue()));
        assertThat(states).isEqualTo(log.states());
        return records.size() - told.size();
    }

    private void requireDeadLetters() {
        assertThat(deadLetters()).isEqualTo(log.deadLetters());
    }

    /** Ids of the records on the dead letter topic. */
    Set<Long> deadLetters() {
        Set<Long> ids = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> record :
                topics.records(topics.names().deadLetters())) {
            ids.add(new SubmissionId(
                            (int) number(record, "sluice-dead-letter-partition"),
                            number(record, "sluice-dead-letter-offset"))
                    .value());
        }
        return ids;
    }

    private static long number(ConsumerRecord<byte[], byte[]> record, String header) {
        return Long.parseLong(
                new String(record.headers().lastHeader(header).value(), java.nio.charset.StandardCharsets.US_ASCII));
    }

    private String group() {
        return topics.names().prefix() + "session-processor";
    }

    /** A request to Kafka. */
    @FunctionalInterface
    private interface Question<T> {

        T ask() throws InterruptedException, ExecutionException, TimeoutException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not tell", e);
        }
    }
}
