package dev.sluice.standalone.kafka;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.settings.Environment;
import dev.sluice.standalone.command.AnnouncedAddress;
import dev.sluice.standalone.command.DefaultFolder;
import dev.sluice.standalone.command.WrongArgument;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Command-line options that select the Kafka with the topics. */
public final class KafkaOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of a running \"sluice start\", to use its Kafka instead of --kafka."
                    + " Default: data, if it is there and nothing says where Kafka is, or which topics.")
    private @Nullable Path data;

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    private final DefaultFolder defaultFolder;

    public KafkaOptions() {
        this(new DefaultFolder());
    }

    KafkaOptions(DefaultFolder defaultFolder) {
        this.defaultFolder = defaultFolder;
    }

    public TopicNames topics() {
        return topics.names(TopicOptions.environment(data));
    }

    /** The settings to connect to Kafka, under the names that its clients use. */
    public Map<String, Object> settings() {
        return settings(TopicOptions.environment(data));
    }

    Map<String, Object> settings(Environment environment) {
        if (topics.hasAddress() && data != null) {
            throw new WrongArgument("--kafka and --data both say where Kafka is: give one of them");
        }
        Map<String, Object> settings = topics.settings(environment);
        Path folder = data == null && !topics.areGiven(environment) && defaultFolder.isThere()
                ? defaultFolder.use(command)
                : data;
        if (folder != null) {
            settings.put(BOOTSTRAP_SERVERS_CONFIG, AnnouncedAddress.KAFKA.require(folder));
        }
        settings.putIfAbsent(BOOTSTRAP_SERVERS_CONFIG, KafkaSettings.DEFAULT_SERVERS);
        return settings;
    }
}
