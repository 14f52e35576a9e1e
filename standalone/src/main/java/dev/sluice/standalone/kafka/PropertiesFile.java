package dev.sluice.standalone.kafka;

import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A file of Kafka client settings, in the format that Kafka's own tools take. */
final class PropertiesFile {

    private PropertiesFile() {}

    /**
     * Reads the settings.
     *
     * @throws CommandFailure if the file cannot be read
     */
    static Map<String, String> read(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure("cannot read the Kafka properties in " + file + ": " + e.getMessage(), e);
        }
        Map<String, String> settings = new HashMap<>();
        read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
        return settings;
    }
}
