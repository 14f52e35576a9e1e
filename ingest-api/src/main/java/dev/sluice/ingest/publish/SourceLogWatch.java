package dev.sluice.ingest.publish;

import dev.sluice.contract.topic.SourceLog;
import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.kafka.KafkaSourceLog;
import dev.sluice.service.kafka.KafkaSourceLog.Told;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Compares the submissions topic, and the ids that its records get here, with the log that the store is filled from, which the processor tells in
 * the installation topic. Not thread-safe.
 */
final class SourceLogWatch implements AutoCloseable {

    private final KafkaSourceLog topic;
    private final long idsBase;
    private Told latest = new Told.Nothing();
    private List<String> remarks = List.of();

    SourceLogWatch(KafkaLog log, Duration timeout) {
        this.topic = new KafkaSourceLog(log.kafka(), log.topics(), "sluice-ingest-api-installation", timeout);
        this.idsBase = log.ids().value();
    }

    /** Why records of the topic found must not get ids; empty if they may, as far as a processor has told. */
    Optional<String> fault(TopicFacts found) {
        remarks = List.of();
        try {
            note(topic.read());
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            String trouble = "topic " + topic.topic() + " cannot be read: " + KafkaReason.of(e);
            if (!isEntry(latest)) {
                return Optional.of(trouble);
            }
            remarks = List.of(trouble);
        }
        return switch (latest) {
            case Told.Filled(SourceLog from) -> difference(found, from);
            case Told.Unreadable(String reason) -> Optional.of(reason);
            case Told.Nothing _, Told.Missing _ -> nothingTold();
        };
    }

    /** An entry counts until there is another one: if it disappears, the topic was deleted, or a broker does not know it yet. */
    private void note(Told now) {
        if (isEntry(now) || !isEntry(latest)) {
            latest = now;
        } else {
            remarks = List.of("topic " + topic.topic() + " says no longer which log the store is filled from; what it"
                    + " said before counts");
        }
    }

    private static boolean isEntry(Told told) {
        return told instanceof Told.Filled || told instanceof Told.Unreadable;
    }

    private Optional<String> nothingTold() {
        remarks = List.of("no processor has told yet, in topic " + topic.topic()
                + ", which log the store is filled from, so it is not compared");
        return Optional.empty();
    }

    private Optional<String> difference(TopicFacts found, SourceLog from) {
        if (!found.id().equals(from.topic())) {
            return Optional.of("topic " + found.name() + " is not the one that the store is filled from (its id is "
                    + found.id() + ", and that one's " + from.topic()
                    + "): it was made anew or is in another Kafka cluster, and its records could get ids that others have."
                    + " Set what the processor says; submissions are taken once it fills the store from this topic with the "
                    + KafkaSettings.IDS_BASE + " that is set here (" + idsBase + ")");
        }
        if (found.partitions() != from.partitions()) {
            return Optional.of("topic " + found.name() + " has " + found.partitions()
                    + " partitions, and had " + from.partitions()
                    + " when the store was filled from it: projects would move to other partitions and lose their"
                    + " order. Do what the processor says");
        }
        return idsBase == from.ids().value()
                ? Optional.empty()
                : Optional.of(KafkaSettings.IDS_BASE + " is " + idsBase + ", but the ids of topic " + found.name()
                        + " are given with " + from.ids().value() + ": set it to that");
    }

    /** What is worth knowing since the latest comparison. */
    List<String> remarks() {
        return remarks;
    }

    @Override
    public void close() {
        topic.close();
    }
}
