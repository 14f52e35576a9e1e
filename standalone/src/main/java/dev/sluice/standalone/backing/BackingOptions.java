package dev.sluice.standalone.backing;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.kafka.KafkaSettings;
import dev.sluice.http.settings.Environment;
import dev.sluice.processor.ProcessorConfig;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.FolderLock;
import dev.sluice.standalone.kafka.TopicOptions;
import dev.sluice.standalone.start.FolderBacking;
import dev.sluice.standalone.store.GivenStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command-line options that select the Kafka and the store. */
public final class BackingOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder of a \"sluice start\", running or not.")
    private @Nullable Path data;

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Option(
            names = "--mongodb",
            paramLabel = "URI",
            description = "MongoDB's connection string. Default: that of --data, or " + ProcessorConfig.MONGODB
                    + ", or " + ProcessorConfig.DEFAULT_MONGODB + ". Database: the one it names, else sluice.")
    private @Nullable String mongodb;

    /**
     * Finds or starts the Kafka and the store that the options select.
     *
     * @param command the command's name
     * @throws CommandFailure if either is unavailable, with a message for the user
     */
    public Backing open(String command) {
        Environment environment = TopicOptions.environment(data);
        Map<String, Object> settings = topics.settings(environment);
        TopicNames names = topics.names(environment);
        if (data == null) {
            settings.putIfAbsent(BOOTSTRAP_SERVERS_CONFIG, KafkaSettings.DEFAULT_SERVERS);
            return new Backing(settings, names, answering(givenStore(environment)), true, null);
        }
        String store = mongodb == null ? null : answering(new GivenStore(mongodb));
        boolean needsKafka = !settings.containsKey(BOOTSTRAP_SERVERS_CONFIG);
        FolderBacking folder = FolderBacking.open(data, new FolderBacking.Needs(needsKafka, store == null), command);
        if (needsKafka) {
            settings.put(BOOTSTRAP_SERVERS_CONFIG, folder.kafka());
        }
        return store == null
                ? new Backing(settings, names, folder.mongodb(), folder.isRunning(), folder)
                : new Backing(settings, names, store, true, folder);
    }

    private GivenStore givenStore(Environment environment) {
        return new GivenStore(
                mongodb != null ? mongodb : environment.text(ProcessorConfig.MONGODB, ProcessorConfig.DEFAULT_MONGODB));
    }

    private String answering(GivenStore store) {
        Optional<String> trouble = store.trouble();
        if (trouble.isPresent()) {
            boolean isMeant = data == null && mongodb == null && Files.exists(FolderLock.in(FolderLock.DEFAULT_FOLDER));
            throw new CommandFailure(
                    trouble.get() + (isMeant ? "; did you mean --data " + FolderLock.DEFAULT_FOLDER + "?" : ""));
        }
        return store.uri();
    }
}
