package dev.sluice.standalone.kafka;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.PropertiesFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to speak to Kafka, wherever it is, and how the topics are called, as options. */
public final class TopicOptions {

    /** What Kafka calls the setting of its address. */
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

    /** Where Kafka is if nobody says otherwise. */
    public static final String DEFAULT_ADDRESS = "localhost:9092";

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            description = "A Kafka client's properties file, for TLS and passwords.")
    private @Nullable Path properties;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "${env:SLUICE_TOPIC_PREFIX:-}",
            description = "What the topics' names begin with. Default: SLUICE_TOPIC_PREFIX, or nothing.")
    private String prefix = "";

    /** What the file says, by Kafka's names of settings; a new map. */
    public Map<String, Object> settings() {
        return new HashMap<>(properties == null ? Map.of() : PropertiesFile.read(properties));
    }

    /** The topics' names. */
    public TopicNames names() {
        try {
            return new TopicNames(prefix);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
