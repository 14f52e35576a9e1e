package dev.sluice.service.kafka;

import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How to reach Kafka, from the variables that all services share. */
public final class KafkaSettings {

    /** Bootstrap servers, {@code host:port}, separated by commas. */
    public static final String BOOTSTRAP_SERVERS = "SLUICE_KAFKA";

    public static final String DEFAULT_SERVERS = "localhost:9092";

    /** Path of a file with Kafka client properties, for TLS, SASL and the like. */
    public static final String PROPERTIES_FILE = "SLUICE_KAFKA_PROPERTIES";

    public static final String TOPIC_PREFIX = "SLUICE_TOPIC_PREFIX";

    /** The number of partitions of the submissions topic, which never changes. */
    public static final String PARTITIONS = "SLUICE_PARTITIONS";

    public static final String IDS_BASE = "SLUICE_IDS_BASE";

    public static final String SERVERS = "HOST:PORT, or several separated by commas";

    // As Kafka's clients parse them, optionally prefixed with the listener's protocol.
    private static final Pattern SERVER =
            Pattern.compile("([A-Za-z0-9_]+://)?([A-Za-z0-9._%-]+|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?]):(\\d{1,5})");

    private static final int MAX_PORT = 65_535;

    private KafkaSettings() {}

    public static Map<String, Object> properties(Environment environment) {
        Map<String, Object> properties = new HashMap<>();
        environment.text(PROPERTIES_FILE).ifPresent(file -> properties.putAll(read(PROPERTIES_FILE, Path.of(file))));
        environment
                .text(BOOTSTRAP_SERVERS)
                .ifPresentOrElse(
                        servers -> properties.put("bootstrap.servers", checked(servers)),
                        () -> properties.putIfAbsent("bootstrap.servers", DEFAULT_SERVERS));
        return Map.copyOf(properties);
    }

    /**
     * The properties of a consumer without a group. It throws at an offset that the log does not have: a recreated
     * topic, or one that lost its end.
     */
    public static Map<String, Object> ofReader(Map<String, Object> kafka, String clientId, Duration timeout) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.remove(GROUP_ID_CONFIG);
        properties.remove(GROUP_INSTANCE_ID_CONFIG);
        properties.put(CLIENT_ID_CONFIG, clientId);
        properties.put(ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
        return properties;
    }

    public static TopicNames topics(Environment environment) {
        String prefix = environment.text(TOPIC_PREFIX, "");
        try {
            return new TopicNames(prefix);
        } catch (IllegalArgumentException _) {
            throw new SettingException(
                    TOPIC_PREFIX, prefix, "at most 100 letters, digits, dots, dashes and underscores");
        }
    }

    public static int partitions(Environment environment) {
        return environment.integer(PARTITIONS, TopicSettings.DEFAULT_PARTITIONS, 1, SubmissionId.MAX_PARTITIONS);
    }

    public static IdBase ids(Environment environment) {
        String text = environment.text(IDS_BASE, "0");
        try {
            return new IdBase(Long.parseLong(text));
        } catch (IllegalArgumentException _) {
            throw new SettingException(IDS_BASE, text, IdBase.EXPECTED);
        }
    }

    /**
     * Returns whether clients can be created with these addresses; with invalid ones it looks as if a broker
     * were unavailable.
     */
    public static boolean areServers(String servers) {
        return Stream.of(servers.split(",", -1))
                .map(server -> SERVER.matcher(server.strip()))
                .allMatch(parts -> parts.matches() && Integer.parseInt(parts.group(4)) <= MAX_PORT);
    }

    private static String checked(String servers) {
        if (!areServers(servers)) {
            throw new SettingException(BOOTSTRAP_SERVERS, servers, SERVERS);
        }
        return servers;
    }

    /**
     * Reads a file of properties for Kafka's clients.
     *
     * @param setting the name of the setting that names the file
     * @throws SettingException if it cannot be read, or has a property that Sluice insists on or sets itself
     */
    public static Map<String, Object> read(String setting, Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException _) {
            throw new SettingException(setting, file.toString(), "a readable file of Kafka client properties");
        }
        Map<String, Object> entries = new HashMap<>();
        properties.forEach((name, value) -> entries.put((String) name, value));
        RequiredProperties.check(setting, file, entries);
        return entries;
    }
}
