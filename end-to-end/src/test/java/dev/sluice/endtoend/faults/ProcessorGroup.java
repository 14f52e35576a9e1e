package dev.sluice.endtoend.faults;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TemporaryFolder;
import dev.sluice.test.process.InstalledTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;

/** Processors that share the partitions of a log of random histories, on the brokers and the store of the shared installation. */
final class ProcessorGroup implements AutoCloseable {

    /** A dead group member is detected within seconds. */
    static final Map<String, String> QUICK =
            Map.of("session.timeout.ms", "2000", "heartbeat.interval.ms", "200", "max.poll.interval.ms", "20000");

    private static final int PARTITIONS = 4;

    private final RandomLog log;
    private final StoredLog stored;
    private final List<FaultyProcessor> processors;

    /**
     * Starts the processors and returns when they are ready.
     *
     * @param name the name of the topics and the database, which no other test uses
     * @param kafka the settings of the processors' Kafka clients
     */
    ProcessorGroup(String name, int processors, Map<String, String> kafka, Random random) {
        Installation installation = Installation.shared();
        InstalledTopics topics =
                InstalledTopics.make(installation.brokers().properties(), new TopicNames(name + "."), PARTITIONS);
        Map<String, String> environment = new HashMap<>();
        environment.put("SLUICE_TOPIC_PREFIX", name + ".");
        environment.put("SLUICE_PARTITIONS", Integer.toString(PARTITIONS));
        environment.put("SLUICE_KAFKA_PROPERTIES", file(kafka).toString());
        this.log = new RandomLog(topics, PARTITIONS, random);
        this.stored = new StoredLog(log, topics, installation.store().uri(name));
        this.processors = IntStream.range(0, processors)
                .mapToObj(_ -> new FaultyProcessor(installation, name, environment))
                .toList();
        this.processors.forEach(processor -> processor.service().awaitReady());
    }

    RandomLog log() {
        return log;
    }

    StoredLog stored() {
        return stored;
    }

    List<FaultyProcessor> processors() {
        return processors;
    }

    @Override
    public void close() {
        processors.forEach(FaultyProcessor::close);
        stored.close();
        log.close();
    }

    private static Path file(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try {
            Path folder = TemporaryFolder.create("kafka-settings");
            TemporaryFolder.atExit(() -> {}, folder);
            Path file = folder.resolve("kafka.properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
