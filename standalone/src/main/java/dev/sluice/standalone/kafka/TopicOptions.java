package dev.sluice.standalone.kafka;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import dev.sluice.standalone.command.WrongArgument;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Command-line options for the connection to Kafka and for the topic names. */
public final class TopicOptions {

    private static final String PROPERTIES = "--kafka-properties";

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Kafka's address. Default: that of --data, or " + KafkaSettings.BOOTSTRAP_SERVERS
                    + ", or that of the folder data, or " + KafkaSettings.DEFAULT_SERVERS + ".")
    private @Nullable String address;

    @Option(
            names = PROPERTIES,
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

    /** The environment variables that apply; none with a data folder, whose Kafka they do not describe. */
    public static Environment environment(@Nullable Path folder) {
        return folder == null ? Environment.ofProcess() : new Environment(Map.of());
    }

    /** Returns a new map of the connection settings that were given, under the names that Kafka's clients use, with or without an address. */
    public Map<String, Object> settings(Environment environment) {
        Map<String, Object> settings = new HashMap<>(file(environment));
        // An address in the file that an option names takes precedence; otherwise the environment wins, as it does for
        // the services.
        if (properties == null || !settings.containsKey(BOOTSTRAP_SERVERS_CONFIG)) {
            environment
                    .text(KafkaSettings.BOOTSTRAP_SERVERS)
                    .ifPresent(known -> settings.put(BOOTSTRAP_SERVERS_CONFIG, known));
        }
        if (address != null) {
            if (!KafkaSettings.areServers(address)) {
                throw new WrongArgument("--kafka " + address + " is not an address: expected " + KafkaSettings.SERVERS);
            }
            settings.put(BOOTSTRAP_SERVERS_CONFIG, address);
        }
        return settings;
    }

    /** Whether anything, in options or the environment, says which Kafka or which topics are meant. */
    public boolean areGiven(Environment environment) {
        return address != null
                || properties != null
                || prefix != null
                || Stream.of(KafkaSettings.BOOTSTRAP_SERVERS, KafkaSettings.PROPERTIES_FILE, KafkaSettings.TOPIC_PREFIX)
                        .anyMatch(variable -> environment.text(variable).isPresent());
    }

    boolean hasAddress() {
        return address != null;
    }

    private Map<String, Object> file(Environment environment) {
        try {
            return properties == null
                    ? environment
                            .text(KafkaSettings.PROPERTIES_FILE)
                            .map(file -> KafkaSettings.read(KafkaSettings.PROPERTIES_FILE, Path.of(file)))
                            .orElse(Map.of())
                    : KafkaSettings.read(PROPERTIES, properties);
        } catch (SettingException e) {
            throw new WrongArgument(String.valueOf(e.getMessage()), e);
        }
    }

    public TopicNames names(Environment environment) {
        try {
            return new TopicNames(prefix == null ? environment.text(KafkaSettings.TOPIC_PREFIX, "") : prefix);
        } catch (IllegalArgumentException e) {
            throw new WrongArgument(String.valueOf(e.getMessage()), e);
        }
    }
}
