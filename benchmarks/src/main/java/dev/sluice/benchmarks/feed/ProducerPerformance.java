package dev.sluice.benchmarks.feed;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.workload.Session;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.benchmarks.workload.Workload;
import dev.sluice.ingest.publish.ProducerSettings;
import dev.sluice.service.settings.Heap;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kafka's own producer benchmark, with the settings of the feeds of an ingest-api with that heap, and the feeds' bodies as records, but without
 * keys and headers, and with more time for a record.
 */
record ProducerPerformance(Path root, String kafka, String topic, Path folder, Heap heap) {

    private static final int RECORDS_PREPARED = 2_000;
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final Pattern RATE = Pattern.compile("records sent, ([0-9.]+) records/sec");

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
        ProducerSettings.ofFeeds(Map.of(), WITHIN, heap).forEach((name, value) -> arguments.add(name + "=" + value));
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
