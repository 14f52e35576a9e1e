package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.process.Measured;
import dev.sluice.benchmarks.process.Said;
import dev.sluice.benchmarks.workload.SessionSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Load from another process.
 *
 * @param program what makes it
 * @param arguments what that is told, by name
 * @param warmUp how long it goes on before anything is measured
 * @param measured how long it is measured
 */
public record Load(Class<?> program, Map<String, String> arguments, Duration warmUp, Duration measured) {

    private static final Duration BEYOND = Duration.ofSeconds(60);
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    public Load {
        arguments = Map.copyOf(arguments);
    }

    /** POSTs of sessions, each connection as soon as the one before was answered. */
    public static Load posts(String server, String token, SessionSize size, int connections) {
        return of(
                LoadMain.class,
                Map.of(
                        "server",
                        server,
                        "token",
                        token,
                        "size",
                        size.text(),
                        "connections",
                        Integer.toString(connections)));
    }

    /** GETs of paths that are in a file, one a line. */
    public static Load gets(String server, String token, Path paths, int connections) {
        return of(
                LoadMain.class,
                Map.of(
                        "server",
                        server,
                        "token",
                        token,
                        "paths",
                        paths.toString(),
                        "connections",
                        Integer.toString(connections)));
    }

    /** Records of sessions to Kafka itself, with the settings that ingest-api's producer has; to be given a rate. */
    public static Load records(String kafka, String topic, SessionSize size) {
        return of(RecordsMain.class, Map.of("kafka", kafka, "topic", topic, "size", size.text()));
    }

    /** The queries behind the paths in a file, from the driver to the store. */
    public static Load queries(String mongodb, Path paths, int connections) {
        return of(
                QueriesMain.class,
                Map.of("mongodb", mongodb, "paths", paths.toString(), "connections", Integer.toString(connections)));
    }

    /** At a fixed rate a second. */
    public Load atRate(double rate) {
        return with("rate", Double.toString(rate));
    }

    /** Reading each session back, from another server. */
    public Load readingBackFrom(String server) {
        return with("reads", server);
    }

    /** All in one project, instead of the workload's. */
    public Load inProject(long project) {
        return with("project", Long.toString(project));
    }

    /** For so long. */
    public Load lasting(Duration warmUp, Duration measured) {
        return new Load(program, arguments, warmUp, measured);
    }

    /** Makes it, and returns how it went, with what {@code server} used of the processors meanwhile. */
    public LoadReport on(Measured server) {
        try (ChildProcess process = ChildProcess.start(launch())) {
            process.await("measuring", warmUp.plus(BEYOND));
            Duration before = server.cpu();
            process.await("measured", measured.plus(BEYOND));
            Duration used = server.cpu().minus(before);
            return new LoadReport(process.await("done", BEYOND), used);
        }
    }

    private static Load of(Class<?> program, Map<String, String> arguments) {
        return new Load(program, arguments, Duration.ZERO, Duration.ZERO);
    }

    private Launch launch() {
        List<String> told = new ArrayList<>();
        with("warm-up", Long.toString(warmUp.toMillis()))
                .with("measured", Long.toString(measured.toMillis()))
                .arguments
                .forEach((name, value) -> told.add(name + "=" + value));
        return Launch.ofOurs("load", program, OPTIONS, told);
    }

    private Load with(String name, String value) {
        Map<String, String> more = new HashMap<>(arguments);
        more.put(name, value);
        return new Load(program, more, warmUp, measured);
    }

    /**
     * How it went.
     *
     * @param said what the load's process said
     * @param serverCpu CPU time that the server used while it was measured
     */
    public record LoadReport(Said said, Duration serverCpu) {

        /** Requests a second that were answered. */
        public double rate() {
            return completed() / said.number("seconds");
        }

        /** Requests a second that were answered as they should be. */
        public double acceptedRate() {
            return (completed() - failed()) / said.number("seconds");
        }

        public double completed() {
            return said.number("completed");
        }

        /** How many were not answered as they should be. */
        public double failed() {
            return said.number("failed");
        }

        /** CPU time of the server per request, in microseconds. */
        public double cpuMicros() {
            return serverCpu.toNanos() / 1e3 / completed();
        }

        /** Milliseconds until the answer at a percentile; 100 for the longest. */
        public double answeredMillis(String percentile) {
            return said.number("answered" + percentile);
        }

        /** Milliseconds until it could be read at a percentile. */
        public double readableMillis(String percentile) {
            return said.number("readable" + percentile);
        }
    }
}
