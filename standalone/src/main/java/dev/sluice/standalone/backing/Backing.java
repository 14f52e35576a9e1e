package dev.sluice.standalone.backing;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.standalone.kafka.KafkaFailure;
import dev.sluice.standalone.start.FolderBacking;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka and the store that a command works on, until it is closed.
 *
 * @param kafka the settings of a Kafka client, including passwords
 * @param topics the topic names
 * @param mongodb the store's connection string, including the database and the password
 * @param isStoreShared whether other processes may use the store at the same time
 * @param folder the data folder that Kafka, the store, or both belong to; null if there is none
 */
public record Backing(
        Map<String, Object> kafka,
        TopicNames topics,
        String mongodb,
        boolean isStoreShared,
        @Nullable FolderBacking folder)
        implements AutoCloseable {

    public Backing {
        kafka = Map.copyOf(kafka);
    }

    @Override
    public void close() {
        if (folder != null) {
            folder.close();
        }
    }

    /** Leaves passwords out. */
    @Override
    public String toString() {
        return "Backing[kafka=" + KafkaFailure.address(kafka) + ", topics=" + topics + "]";
    }
}
