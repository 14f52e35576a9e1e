package dev.sluice.benchmarks.feed;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.workload.Session;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.benchmarks.workload.Workload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kafka's own producer benchmark, with the feeds' settings and the feeds' bodies as records, but without keys and headers. */
record ProducerPerformance(Path root, String kafka, String topic, Path folder) {

    private static final int RECORDS_PREPARED = 2_000;
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final Pattern RATE = Pattern.compile("records sent, ([0-9.]+) records/sec");

    // The settings of ProducerSettings.ofFeeds, with the memory that they result in for the heap of FeedPart's
    // ingest-api.
    private static final List<String> SETTINGS = List.of(
            "acks=all",
            "enable.idempotence=true",
            "max.in.flight.requests.per.connection=5",
            "linger.ms=5",
            "batch.size=262144",
            "compression.type=lz4",
            "max.request.size=10485760",
            "buffer.memory=67108864");

    double run(SessionSize size, int count, int warmUp) throws IOException {
        Files.createDirectories(folder);
        Path records = folder.resolve(size.text() + ".ndjson");
        try (OutputStream out = Files.newOutputStream(records)) {
            for (Session session : Workload.sessions(size, RECORDS_PREPARED)) {
                out.write(session.body());
                out.write('\n');
            }
        }
        List<String> arguments = new ArrayList<>(List.of("--topic", topic, "--throughput", "-1"));
        arguments.addAll(
                List.of("--num-records", Integer.toString(count), "--warmup-records", Integer.toString(warmUp)));
        arguments.addAll(
                List.of("--payload-file", records.toString(), "--bootstrap-server", kafka, "--producer-props"));
        arguments.addAll(SETTINGS);
        try (ChildProcess process = ChildProcess.start(Launch.ofPeer(
                "producer-performance",
                root,
                "org.apache.kafka.tools.ProducerPerformance",
                List.of("-Xmx512m", "-Dlogback.configurationFile=logback-bench.xml"),
                arguments))) {
            return rate(process.awaitEnd(WITHIN));
        }
    }

    /** The last line of the output covers everything except the warm-up. */
    private static double rate(String output) {
        Matcher matcher = RATE.matcher(output);
        double rate = -1;
        while (matcher.find()) {
            rate = Double.parseDouble(matcher.group(1));
        }
        if (rate < 0) {
            throw new IllegalStateException("ProducerPerformance did not say how fast it was: " + output);
        }
        return rate;
    }
}
