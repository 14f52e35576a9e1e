package dev.sluice.service.kafka;

import dev.sluice.service.settings.SettingException;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Kafka client properties that our guarantees rest on. A different value would be ignored, so it is rejected. */
final class RequiredProperties {

    private static final Map<String, List<String>> EXPECTED = Map.of(
            "acks", List.of("all", "-1"),
            "enable.idempotence", List.of("true"),
            "isolation.level", List.of("read_committed"),
            "enable.auto.commit", List.of("false"),
            "auto.offset.reset", List.of("none", "earliest"),
            "allow.auto.create.topics", List.of("false"),
            "partitioner.ignore.keys", List.of("false"));

    private static final Set<String> OURS = Set.of(
            "group.id",
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer",
            "partitioner.class",
            "transactional.id",
            "retries",
            "max.in.flight.requests.per.connection",
            "max.request.size",
            "delivery.timeout.ms");

    private static final Set<String> OF_TOPICS = Set.of(
            "cleanup.policy",
            "max.message.bytes",
            "message.timestamp.type",
            "min.insync.replicas",
            "replication.factor",
            "retention.bytes",
            "retention.ms",
            "unclean.leader.election.enable");

    // Without these files clients cannot be created, which looks as if a broker were unavailable.
    private static final Set<String> FILES = Set.of("ssl.keystore.location", "ssl.truststore.location");

    private RequiredProperties() {}

    /** @throws SettingException if a property contradicts a required value, or names a file that does not exist */
    static void check(String setting, Path file, Map<String, Object> properties) {
        properties.forEach((name, given) -> {
            String value = String.valueOf(given).strip();
            List<String> expected = EXPECTED.get(name);
            if (expected != null && !expected.contains(value.toLowerCase(Locale.ROOT))) {
                throw refusal(
                        setting,
                        file,
                        name,
                        value,
                        expected.getFirst() + ", or nothing: acknowledged submissions rest on it");
            }
            if (FILES.contains(name) && !new File(value).canRead()) {
                throw refusal(setting, file, name, value, "a file that can be read");
            }
            if (OURS.contains(name)) {
                throw refusal(setting, file, name, value, "nothing: Sluice sets it itself");
            }
            if (OF_TOPICS.contains(name)) {
                throw refusal(setting, file, name, value, "nothing: it is a topic's setting, to be given to the topic");
            }
        });
    }

    private static SettingException refusal(String setting, Path file, String name, String value, String expected) {
        return new SettingException(setting, name + " in " + file + " (" + setting + ")", value, expected);
    }
}
