package dev.sluice.standalone.token;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.PropertiesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka holds the tokens, as options. */
final class KafkaOptions {

    private static final String DEFAULT_ADDRESS = "localhost:9092";

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Kafka's address. Default: " + DEFAULT_ADDRESS + ", or what --data says.")
    private @Nullable String address;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of a running \"sluice start\", instead of --kafka.")
    private @Nullable Path data;

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

    KafkaTokens tokens() {
        if (address != null && data != null) {
            throw new CommandFailure("--kafka and --data both say where Kafka is: give one of them");
        }
        Map<String, Object> settings = new HashMap<>(properties == null ? Map.of() : PropertiesFile.read(properties));
        if (address != null || data != null || !settings.containsKey("bootstrap.servers")) {
            settings.put("bootstrap.servers", address());
        }
        try {
            return new KafkaTokens(settings, new TopicNames(prefix));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private String address() {
        if (data == null) {
            return address == null ? DEFAULT_ADDRESS : address;
        }
        try {
            return Files.readString(data.resolve("kafka.address")).strip();
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    "no Sluice runs in " + data + ": start it with \"sluice start --data " + data + "\"", e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + e.getMessage(), e);
        }
    }
}
