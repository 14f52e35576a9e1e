package dev.sluice.benchmarks.installation;

import dev.sluice.benchmarks.workload.Session;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.benchmarks.workload.Workload;
import dev.sluice.contract.access.User;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Fills a log with sessions, with the same records as ingest-api would write. */
public final class FullLog {

    private static final int DIFFERENT = 20_000;
    private static final int DIFFERENT_LARGE = 500;

    private FullLog() {}

    /** Returns when {@code count} sessions are in the log. */
    public static void fill(Topics topics, SessionSize size, int count) {
        List<Session> sessions =
                Workload.sessions(size, Math.min(count, size == SessionSize.LARGE ? DIFFERENT_LARGE : DIFFERENT));
        String topic = topics.names().submissions();
        fill(topics, count, number -> record(topic, sessions.get(number % sessions.size())));
    }

    /** Returns when {@code count} records are in the log. */
    public static void fill(Topics topics, int count, IntFunction<ProducerRecord<byte[], byte[]>> record) {
        Map<String, Object> settings = new HashMap<>(topics.kafka());
        settings.put("acks", "all");
        settings.put("linger.ms", 5);
        settings.put("batch.size", 256 * 1024);
        settings.put("request.timeout.ms", 10_000);
        settings.put("delivery.timeout.ms", 30_000);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                Future<RecordMetadata> _ = producer.send(record.apply(i), (_, e) -> {
                    if (e != null) {
                        failure.set(e);
                    }
                });
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the log could not be filled", failure.get());
        }
    }

    /** The record that ingest-api would write for {@code session}. */
    public static ProducerRecord<byte[], byte[]> record(String topic, Session session) {
        return record(topic, session, Topics.USER);
    }

    /** The same for a session that {@code user} submits. */
    public static ProducerRecord<byte[], byte[]> record(String topic, Session session, User user) {
        return new ProducerRecord<>(
                topic,
                null,
                ProjectKey.of(session.project()),
                session.body(),
                SubmissionHeaders.ofSession(
                        UUID.randomUUID().toString(),
                        "/api/v2/projects/" + session.project() + "/analysis-sessions/",
                        user,
                        null,
                        null));
    }
}
