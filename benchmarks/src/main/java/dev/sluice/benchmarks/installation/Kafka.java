package dev.sluice.benchmarks.installation;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.process.Measured;
import dev.sluice.embedded.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A separate Kafka broker with the standalone's settings. */
public final class Kafka implements Measured, AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final List<String> OPTIONS = List.of("-Xmx1g", "-Dlogback.configurationFile=logback-bench.xml");

    private final ChildProcess process;
    private final String address;

    private Kafka(ChildProcess process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts a broker with its log in {@code directory}, and returns when it accepts requests. */
    public static Kafka start(Path directory) {
        int port = FreePorts.next();
        ChildProcess process = ChildProcess.start(Launch.ofOurs(
                "broker", BrokerMain.class, OPTIONS, List.of(directory.toString(), Integer.toString(port))));
        process.await("ready", READY_WITHIN);
        return new Kafka(process, "127.0.0.1:" + port);
    }

    public String address() {
        return address;
    }

    public Map<String, Object> properties() {
        return Map.of("bootstrap.servers", address);
    }

    @Override
    public Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() {
        process.close();
    }
}
