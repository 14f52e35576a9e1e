package dev.sluice.standalone.kafka;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.settings.Environment;
import dev.sluice.http.settings.KafkaSettings;
import dev.sluice.standalone.command.CommandFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to speak to Kafka, wherever it is, and how the topics are called, as options. */
public final class TopicOptions {

    /** Where Kafka is if nobody says otherwise. */
    public static final String DEFAULT_ADDRESS = "localhost:9092";

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            description = "Properties file of a Kafka client, for TLS and credentials. Default: without --data "
                    + KafkaSettings.PROPERTIES_FILE + ", or none.")
    private @Nullable Path properties;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "What the topics' names begin with. Default: without --data " + KafkaSettings.TOPIC_PREFIX
                    + ", or nothing.")
    private @Nullable String prefix;

    /** The environment that counts: what it says is not about the Kafka of a data folder. */
    public static Environment environment(@Nullable Path folder) {
        return folder == null ? Environment.ofProcess() : new Environment(Map.of());
    }

    /** What is said of how to reach Kafka, by its clients' names of settings, with or without an address; a new map. */
    public Map<String, Object> settings(Environment environment) {
        Map<String, Object> settings = new HashMap<>();
        Optional<Path> file = Optional.ofNullable(properties)
                .or(() -> environment.text(KafkaSettings.PROPERTIES_FILE).map(Path::of));
        file.ifPresent(given -> settings.putAll(PropertiesFile.read(given)));
        // Of two addresses the one that an option leads to, else as the services have it.
        if (properties == null || !settings.containsKey(BOOTSTRAP_SERVERS_CONFIG)) {
            environment
                    .text(KafkaSettings.BOOTSTRAP_SERVERS)
                    .ifPresent(address -> settings.put(BOOTSTRAP_SERVERS_CONFIG, address));
        }
        return settings;
    }

    /** The topics' names. */
    public TopicNames names(Environment environment) {
        try {
            return new TopicNames(prefix == null ? environment.text(KafkaSettings.TOPIC_PREFIX, "") : prefix);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
