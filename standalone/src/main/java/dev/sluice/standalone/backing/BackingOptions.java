package dev.sluice.standalone.backing;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.PropertiesFile;
import dev.sluice.standalone.start.OpenFolder;
import dev.sluice.standalone.store.GivenStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka and which store, as options. */
public final class BackingOptions {

    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final String DEFAULT_ADDRESS = "localhost:9092";
    private static final String DEFAULT_MONGODB = "mongodb://localhost:27017/sluice";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of a \"sluice start\", whether that runs at the moment or not.")
    private @Nullable Path data;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Kafka's address. Default: that of --data, or " + DEFAULT_ADDRESS + ".")
    private @Nullable String kafka;

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
        Map<String, Object> settings = new HashMap<>(properties == null ? Map.of() : PropertiesFile.read(properties));
        if (kafka != null) {
            settings.put(BOOTSTRAP_SERVERS, kafka);
        }
        TopicNames topics = topics();
        if (data == null) {
            settings.putIfAbsent(BOOTSTRAP_SERVERS, DEFAULT_ADDRESS);
            return new Backing(settings, topics, new GivenStore(givenMongodb()).uri(), null);
        }
        String store = mongodb == null ? null : new GivenStore(mongodb).uri();
        boolean needsKafka = !settings.containsKey(BOOTSTRAP_SERVERS);
        OpenFolder folder = OpenFolder.open(data, new OpenFolder.Needs(needsKafka, store == null), command);
        if (needsKafka) {
            settings.put(BOOTSTRAP_SERVERS, folder.kafka());
        }
        return new Backing(settings, topics, store == null ? folder.mongodb() : store, folder);
    }

    private TopicNames topics() {
        try {
            return new TopicNames(prefix);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private String givenMongodb() {
        return mongodb != null ? mongodb : Objects.requireNonNullElse(System.getenv("SLUICE_MONGODB"), DEFAULT_MONGODB);
    }
}
