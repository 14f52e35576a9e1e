package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.installation.FullLog;
import dev.sluice.benchmarks.process.Patience;
import dev.sluice.benchmarks.process.Said;
import dev.sluice.benchmarks.workload.Session;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.benchmarks.workload.Workload;
import dev.sluice.ingest.IngestConfig;
import dev.sluice.ingest.publish.ProducerSettings;
import dev.sluice.service.settings.Heap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records to Kafka at a fixed rate, and reports the time from when each was due until it was acknowledged. */
final class RecordsMain {

    private static final int PREPARED = 2_000;

    private final Arguments given;
    private final long begin = System.nanoTime();
    private final long from;
    private final long to;
    // Written only by the producer's thread, until the producer is closed.
    private final Timings timings;

    private RecordsMain(Arguments given) {
        this.given = given;
        this.from = begin + given.warmUp().toNanos();
        this.to = from + given.measured().toNanos();
        this.timings = new Timings(from, to);
    }

    public static void main(String[] arguments) {
        Arguments given = Arguments.of(arguments);
        List<Session> sessions = Workload.sessions(SessionSize.of(given.text("size")), PREPARED);
        Map<String, Object> settings = ProducerSettings.of(
                Map.of("bootstrap.servers", given.text("kafka")),
                IngestConfig.DEFAULT_ACK_TIMEOUT,
                new Heap(Long.parseLong(given.text("heap"))));
        RecordsMain main = new RecordsMain(given);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            main.send(producer, sessions);
            Said.say("measured", Map.of());
        }
        Said.say("done", main.timings.numbers());
    }

    private void send(Producer<byte[], byte[]> producer, List<Session> sessions) {
        boolean measuring = false;
        for (long number = 0; ; number++) {
            long due = begin + (long) (number * (1e9 / given.rate()));
            Patience.pass(Duration.ofNanos(due - System.nanoTime()));
            if (!measuring && due - from >= 0) {
                measuring = true;
                Said.say("measuring", Map.of());
            }
            if (due - to >= 0) {
                return;
            }
            Future<RecordMetadata> _ = producer.send(
                    FullLog.record(given.text("topic"), sessions.get((int) (number % PREPARED))), (_, failure) -> {
                        timings.answered(due);
                        timings.completed(failure == null);
                    });
        }
    }
}
