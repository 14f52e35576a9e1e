package dev.sluice.standalone.kafka;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.standalone.command.Announced;
import dev.sluice.standalone.command.CommandFailure;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Kafka has the topics, as options. */
public final class KafkaOptions {

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Kafka's address. Default: " + TopicOptions.DEFAULT_ADDRESS + ", or what --data says.")
    private @Nullable String address;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of a running \"sluice start\", instead of --kafka.")
    private @Nullable Path data;

    @Mixin
    private TopicOptions topics = new TopicOptions();

    /** The topics' names. */
    public TopicNames topics() {
        return topics.names();
    }

    /** How to reach Kafka, by its clients' names of settings. */
    public Map<String, Object> settings() {
        if (address != null && data != null) {
            throw new CommandFailure("--kafka and --data both say where Kafka is: give one of them");
        }
        Map<String, Object> settings = topics.settings();
        if (address != null || data != null || !settings.containsKey(TopicOptions.BOOTSTRAP_SERVERS)) {
            settings.put(TopicOptions.BOOTSTRAP_SERVERS, address());
        }
        return settings;
    }

    private String address() {
        if (data != null) {
            return Announced.KAFKA.require(data);
        }
        return address == null ? TopicOptions.DEFAULT_ADDRESS : address;
    }
}
