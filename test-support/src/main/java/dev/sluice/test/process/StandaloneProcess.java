package dev.sluice.test.process;

import static java.util.Objects.requireNonNull;

import dev.sluice.embedded.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code sluice start} as a separate process, with its data in a folder. All processes started from one instance use the same ports. */
public record StandaloneProcess(Path data, int port, int kafkaPort) {

    public static StandaloneProcess in(Path data) {
        return new StandaloneProcess(data, FreePorts.next(), FreePorts.next());
    }

    /** The path of the shipped jar, as set by the build. */
    public static Path jar() {
        return Path.of(requireNonNull(System.getProperty("sluice.jar"), "the system property sluice.jar"));
    }

    /** Starts it from this JVM's class path through {@code shell}, without waiting. */
    public ServiceProcess start(List<String> shell) {
        return start(Launch.of("standalone", "dev.sluice.standalone.Sluice").withShell(shell));
    }

    /** Starts the shipped jar, without waiting. */
    public ServiceProcess startJar() {
        return start(Launch.ofJar("standalone", jar()));
    }

    /** The file with the first administrator's token, present once it is ready. */
    public Path adminToken() {
        return data.resolve("admin-token");
    }

    /** The first administrator's token, present once it is ready. */
    public String token() {
        try {
            return Files.readString(adminToken()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServiceProcess start(Launch launch) {
        List<String> arguments = List.of("start", "--data=" + data, "--port=" + port, "--kafka-port=" + kafkaPort);
        return ServiceProcess.start(launch.withJvmOptions(List.of("-Xmx512m")).withArguments(arguments), port);
    }
}
