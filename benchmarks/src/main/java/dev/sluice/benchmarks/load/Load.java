package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.process.Measured;
import dev.sluice.benchmarks.process.Said;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.service.settings.Heap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Load from another process. */
public record Load(Class<?> program, Map<String, String> arguments, Duration warmUp, Duration measured) {

    private static final Duration BEYOND = Duration.ofSeconds(60);
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    public Load {
        arguments = Map.copyOf(arguments);
    }

    /** POSTs of sessions; each connection sends the next as soon as it has the response to the previous one. */
    public static Load posts(String server, String token, SessionSize size, int connections) {
        return of(LoadMain.class)
                .with("server", server)
                .with("token", token)
                .with("size", size.text())
                .with("connections", Integer.toString(connections));
    }

    /** GETs of the paths in a file, one per line. */
    public static Load gets(String server, String token, Path paths, int connections) {
        return of(LoadMain.class)
                .with("server", server)
                .with("token", token)
                .with("paths", paths.toString())
                .with("connections", Integer.toString(connections));
    }

    /** Session records sent straight to Kafka with the settings of the producer of an ingest-api with that heap; needs a rate. */
    public static Load records(String kafka, String topic, SessionSize size, Heap heap) {
        return of(RecordsMain.class)
                .with("kafka", kafka)
                .with("topic", topic)
                .with("size", size.text())
                .with("heap", Long.toString(heap.bytes()));
    }

    /** The queries behind the paths in a file, sent by the driver to the store. */
    public static Load queries(String mongodb, Path paths, int connections) {
        return of(QueriesMain.class)
                .with("mongodb", mongodb)
                .with("paths", paths.toString())
                .with("connections", Integer.toString(connections));
    }

    public Load atRate(double rate) {
        return with("rate", Double.toString(rate));
    }

    /** Reads each session back from another server. */
    public Load readingBackFrom(String server) {
        return with("reads", server);
    }

    /** Puts all sessions into one project instead of the workload's. */
    public Load inProject(long project) {
        return with("project", Long.toString(project));
    }

    public Load lasting(Duration warmUp, Duration measured) {
        return new Load(program, arguments, warmUp, measured);
    }

    /** Runs the load and returns a report, including the CPU time that {@code server} used meanwhile. */
    public LoadReport on(Measured server) {
        try (ChildProcess process = ChildProcess.start(launch())) {
            process.await("measuring", warmUp.plus(BEYOND));
            Duration before = server.cpu();
            process.await("measured", measured.plus(BEYOND));
            Duration used = server.cpu().minus(before);
            return new LoadReport(process.await("done", BEYOND), used);
        }
    }

    private static Load of(Class<?> program) {
        return new Load(program, Map.of(), Duration.ZERO, Duration.ZERO);
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
     * The result of a load.
     *
     * @param serverCpu the CPU time that the server used during the measurement
     */
    public record LoadReport(Said said, Duration serverCpu) {

        public double rate() {
            return completed() / said.number("seconds");
        }

        /** Expected responses per second. */
        public double acceptedRate() {
            return (completed() - failed()) / said.number("seconds");
        }

        public double completed() {
            return said.number("completed");
        }

        public double failed() {
            return said.number("failed");
        }

        public double cpuMicros() {
            return serverCpu.toNanos() / 1e3 / completed();
        }

        /** The response time at a percentile in milliseconds; 100 for the maximum. */
        public double answeredMillis(String percentile) {
            return said.number("answered" + percentile);
        }

        public double readableMillis(String percentile) {
            return said.number("readable" + percentile);
        }
    }
}
