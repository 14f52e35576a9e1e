package dev.sluice.standalone.backing;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.kafka.TopicOptions;
import dev.sluice.standalone.start.OpenFolder;
import dev.sluice.standalone.store.GivenStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Kafka and which store, as options. */
public final class BackingOptions {

    private static final String DEFAULT_MONGODB = "mongodb://localhost:27017/sluice";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of a \"sluice start\", whether that runs at the moment or not.")
    private @Nullable Path data;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Kafka's address. Default: that of --data, or " + TopicOptions.DEFAULT_ADDRESS + ".")
    private @Nullable String kafka;

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Option(
            names = "--mongodb",
            paramLabel = "URI",
            description = "MongoDB's connection string. Default: that of --data, or SLUICE_MONGODB, or "
                    + DEFAULT_MONGODB + ".")
    private @Nullable String mongodb;

    /**
     * Finds or starts what the options say.
     *
     * @param command the command's name
     * @throws CommandFailure if that cannot be, with a reason for people
     */
    public Backing open(String command) {
        Map<String, Object> settings = topics.settings();
        if (kafka != null) {
            settings.put(TopicOptions.BOOTSTRAP_SERVERS, kafka);
        }
        TopicNames names = topics.names();
        if (data == null) {
            settings.putIfAbsent(TopicOptions.BOOTSTRAP_SERVERS, TopicOptions.DEFAULT_ADDRESS);
            return new Backing(settings, names, new GivenStore(givenMongodb()).uri(), null);
        }
        String store = mongodb == null ? null : new GivenStore(mongodb).uri();
        boolean needsKafka = !settings.containsKey(TopicOptions.BOOTSTRAP_SERVERS);
        OpenFolder folder = OpenFolder.open(data, new OpenFolder.Needs(needsKafka, store == null), command);
        if (needsKafka) {
            settings.put(TopicOptions.BOOTSTRAP_SERVERS, folder.kafka());
        }
        return new Backing(settings, names, store == null ? folder.mongodb() : store, folder);
    }

    private String givenMongodb() {
        return mongodb != null ? mongodb : Objects.requireNonNullElse(System.getenv("SLUICE_MONGODB"), DEFAULT_MONGODB);
    }
}
