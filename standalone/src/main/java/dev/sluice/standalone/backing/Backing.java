package dev.sluice.standalone.backing;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.standalone.kafka.KafkaFailure;
import dev.sluice.standalone.start.FolderBacking;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka and the store that a command works on, for as long as it is open.
 *
 * @param kafka a client's settings, passwords included
 * @param topics the topics' names
 * @param mongodb the store's connection string, with a database and its password
 * @param folder the data folder that they, or one of them, are of; null if there is none
 */
public record Backing(
        Map<String, Object> kafka,
        TopicNames topics,
        String mongodb,
        @Nullable FolderBacking folder) implements AutoCloseable {

    public Backing {
        kafka = Map.copyOf(kafka);
    }

    /** Whether other processes may work on them at the same time. */
    public boolean isShared() {
        return folder == null || folder.isRunning();
    }

    @Override
    public void close() {
        if (folder != null) {
            folder.close();
        }
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return "Backing[kafka=" + KafkaFailure.address(kafka) + ", topics=" + topics + "]";
    }
}
