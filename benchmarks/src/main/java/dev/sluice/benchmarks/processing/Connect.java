package dev.sluice.benchmarks.processing;

import static java.util.Map.entry;

import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.embedded.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A peer: Kafka Connect's standalone worker with MongoDB's sink connector. No validation, no fold, no outcomes. */
final class Connect {

    static final String COLLECTION = "records";

    private static final List<String> OPTIONS = List.of("-Xmx1g", "-Dlogback.configurationFile=logback-bench.xml");

    // According to the documentation of both products: as many tasks as the processor has threads, batches of the same
    // size, text that the driver parses instead of Connect's own maps, and unordered inserts.
    private static final Map<String, String> TUNED = Map.of(
            "tasks.max", "2",
            "value.converter", "org.apache.kafka.connect.storage.StringConverter",
            "consumer.override.max.poll.records", "1000",
            "consumer.override.fetch.min.bytes", "65536",
            "max.batch.size", "1000",
            "bulk.write.ordered", "false",
            "writemodel.strategy", "com.mongodb.kafka.connect.sink.writemodel.strategy.InsertOneDefaultStrategy");

    private Connect() {}

    /** The connector's settings, default or tuned; its name is the database's. */
    static Map<String, String> connector(Topics topics, String database, String uri, boolean tuned) {
        Map<String, String> connector = new HashMap<>(Map.ofEntries(
                entry("name", database),
                entry("connector.class", "com.mongodb.kafka.connect.MongoSinkConnector"),
                entry("topics", topics.names().submissions()),
                entry("connection.uri", uri),
                entry("database", database),
                entry("collection", COLLECTION),
                entry("key.converter", "org.apache.kafka.connect.storage.StringConverter"),
                entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
                entry("value.converter.schemas.enable", "false")));
        if (tuned) {
            connector.remove("value.converter.schemas.enable");
            connector.putAll(TUNED);
        }
        return connector;
    }

    /** Starts the worker with its files in {@code folder}, without waiting. */
    static ChildProcess start(Path root, Path folder, Topics topics, Map<String, String> connector) {
        try {
            Files.createDirectories(folder);
            Path workerFile = write(folder.resolve("worker.properties"), worker(root, folder, topics));
            Path connectorFile = write(folder.resolve("connector.properties"), connector);
            return ChildProcess.start(Launch.ofPeer(
                    "connect",
                    root,
                    "org.apache.kafka.connect.cli.ConnectStandalone",
                    OPTIONS,
                    List.of(workerFile.toString(), connectorFile.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> worker(Path root, Path folder, Topics topics) {
        return Map.ofEntries(
                entry("bootstrap.servers", topics.address()),
                entry("key.converter", "org.apache.kafka.connect.storage.StringConverter"),
                entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
                entry("offset.storage.file.filename", folder.resolve("offsets").toString()),
                entry(
                        "plugin.path",
                        root.resolve("benchmarks/target/connector")
                                .toAbsolutePath()
                                .toString()),
                entry("listeners", "http://127.0.0.1:" + FreePorts.next()),
                entry("consumer.auto.offset.reset", "earliest"));
    }

    private static Path write(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }
}
