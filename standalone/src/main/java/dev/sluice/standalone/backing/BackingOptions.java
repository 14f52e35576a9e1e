package dev.sluice.standalone.backing;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.ProcessorConfig;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.settings.Environment;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.DefaultFolder;
import dev.sluice.standalone.kafka.TopicOptions;
import dev.sluice.standalone.start.FolderBacking;
import dev.sluice.standalone.store.GivenStore;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Command-line options that select the Kafka and the store. */
public final class BackingOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder of a \"sluice start\", running or not."
                    + " Default: data, if it is there and nothing says where Kafka or MongoDB is, or which topics.")
    private @Nullable Path data;

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Option(
            names = "--mongodb",
            paramLabel = "URI",
            description = "MongoDB's connection string. Default: that of --data, or " + ProcessorConfig.MONGODB
                    + ", or " + ProcessorConfig.DEFAULT_MONGODB + ". Database: the one it names, else sluice.")
    private @Nullable String mongodb;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    private final DefaultFolder defaultFolder;

    public BackingOptions() {
        this(new DefaultFolder());
    }

    BackingOptions(DefaultFolder defaultFolder) {
        this.defaultFolder = defaultFolder;
    }

    /**
     * Finds or starts the Kafka and the store that the options select.
     *
     * @throws CommandFailure if either is unavailable, with a message for the user
     */
    public Backing open(String command) {
        Path folder = folder();
        Environment environment = TopicOptions.environment(folder);
        Map<String, Object> settings = topics.settings(environment);
        TopicNames names = topics.names(environment);
        if (folder == null) {
            settings.putIfAbsent(BOOTSTRAP_SERVERS_CONFIG, KafkaSettings.DEFAULT_SERVERS);
            return new Backing(settings, names, answering(givenStore(environment)), true, null);
        }
        String store = mongodb == null ? null : answering(new GivenStore(mongodb));
        boolean needsKafka = !settings.containsKey(BOOTSTRAP_SERVERS_CONFIG);
        FolderBacking open = FolderBacking.open(folder, command);
        if (needsKafka) {
            settings.put(BOOTSTRAP_SERVERS_CONFIG, open.openKafka());
        }
        return store == null
                ? new Backing(settings, names, open.openStore(), open.isRunning(), open)
                : new Backing(settings, names, store, true, open);
    }

    /** The data folder to use; null for none. */
    @Nullable
    Path folder() {
        Environment environment = Environment.ofProcess();
        boolean isGiven = data != null
                || mongodb != null
                || topics.areGiven(environment)
                || environment.text(ProcessorConfig.MONGODB).isPresent();
        return isGiven || !defaultFolder.isThere() ? data : defaultFolder.use(spec);
    }

    private GivenStore givenStore(Environment environment) {
        return new GivenStore(
                mongodb != null ? mongodb : environment.text(ProcessorConfig.MONGODB, ProcessorConfig.DEFAULT_MONGODB));
    }

    private String answering(GivenStore store) {
        store.trouble().ifPresent(trouble -> {
            throw unusable(trouble);
        });
        return store.uri();
    }

    CommandFailure unusable(String trouble) {
        boolean isMeant = data == null && mongodb == null && defaultFolder.isThere();
        return new CommandFailure(isMeant ? trouble + "; did you mean --data " + defaultFolder + "?" : trouble);
    }
}
