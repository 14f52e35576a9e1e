package dev.sluice.ingest.publish;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.observe.ReadinessCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes submissions to the submissions topic with acks=all and an idempotent producer. A publication takes at most the acknowledgement
 * timeout, waiting for memory and metadata counted in; nothing is retried after that. Gets well by itself when Kafka comes back.
 */
public final class KafkaSubmissions implements Submissions, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSubmissions.class);

    private final String topic;
    private final IdBase ids;
    private final Duration ackTimeout;
    private final Producers producers;
    private final Outage outage = new Outage();
    private final Admission admission = new Admission(System::nanoTime);
    private final TopicWatch watch;

    KafkaSubmissions(String topic, IdBase ids, Duration ackTimeout, Producers producers, TopicWatch watch) {
        this.topic = topic;
        this.ids = ids;
        this.ackTimeout = ackTimeout;
        this.producers = producers;
        this.watch = watch;
    }

    /** Starts connecting and returns at once. */
    public static KafkaSubmissions start(
            Map<String, Object> kafka, TopicNames topics, IdBase ids, Duration ackTimeout, MeterRegistry registry) {
        Producers producers = Producers.of(kafka, ackTimeout, registry);
        TopicWatch watch = new TopicWatch(
                kafka, TopicSettings.submissions(topics, TopicSettings.DEFAULT_PARTITIONS), producers::current);
        watch.start();
        return new KafkaSubmissions(topics.submissions(), ids, ackTimeout, producers, watch);
    }

    /** Whether there is a working producer, and a topic that suits. */
    public List<ReadinessCheck> readiness() {
        return List.of(
                new ReadinessCheck("kafka-producer", producers::state),
                new ReadinessCheck("submissions-topic", watch::state));
    }

    @Override
    public Publication publish(Submission submission) {
        if (!admission.begin()) {
            return new Publication.Overload();
        }
        Publication publication = new Publication.Unknown();
        try {
            publication = publishUnlessAway(submission);
            return publication;
        } finally {
            admission.end(publication.isInTheLog());
        }
    }

    @Override
    public void close() {
        watch.close();
        producers.close();
    }

    private Publication publishUnlessAway(Submission submission) {
        Optional<Outage.Attempt> begun = outage.begin();
        if (begun.isEmpty()) {
            return new Publication.NotSent();
        }
        try (Outage.Attempt attempt = begun.get()) {
            Optional<Producer<byte[], byte[]>> producer = producers.current();
            Publication publication =
                    producer.map(current -> send(current, submission)).orElseGet(Publication.NotSent::new);
            switch (publication) {
                case Publication.Logged _, Publication.LoggedSomewhere _, Publication.TooLarge _ ->
                    attempt.acknowledged();
                case Publication.NotSent _, Publication.Overload _, Publication.NoRoom _ -> attempt.unanswered();
                case Publication.Unknown _ -> {
                    attempt.unanswered();
                    if (attempt.isProbe()) {
                        producer.ifPresent(this::discardIfOthersGetThrough);
                    }
                }
            }
            return publication;
        }
    }

    // A producer whose thread has died of an Error takes records as ever, and never sends one. Nothing tells but that
    // Kafka
    // answers others meanwhile; a sound one is replaced without harm.
    private void discardIfOthersGetThrough(Producer<byte[], byte[]> silent) {
        if (watch.state().ready()) {
            producers.discard(silent, new IllegalStateException("it sends nothing, though Kafka answers"));
        }
    }

    private Publication send(Producer<byte[], byte[]> producer, Submission submission) {
        long deadline = System.nanoTime() + ackTimeout.toNanos();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, null, ProjectKey.of(submission.project()), submission.body(), submission.headers());
        Future<RecordMetadata> acknowledgement;
        try {
            acknowledgement = producer.send(record);
        } catch (InterruptException _) {
            return new Publication.NotSent();
        } catch (RuntimeException e) {
            // Thrown rather than handed over in the future: the producer itself is unfit, closed or in an error for
            // good.
            producers.discard(producer, e);
            return new Publication.NotSent();
        }
        // A record that found no memory, no metadata or is too large fails before send returns, and is never sent.
        boolean refused = acknowledgement.isDone();
        try {
            return logged(acknowledgement.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            return failed(producer, e.getCause() == null ? e : e.getCause(), refused);
        } catch (TimeoutException _) {
            return new Publication.Unknown();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Publication.Unknown();
        }
    }

    private Publication logged(RecordMetadata metadata) {
        return metadata.hasOffset()
                ? new Publication.Logged(
                        ids.idOf(metadata.partition(), metadata.offset()), Instant.ofEpochMilli(metadata.timestamp()))
                : new Publication.LoggedSomewhere();
    }

    private Publication failed(Producer<byte[], byte[]> producer, Throwable reason, boolean refused) {
        if (reason instanceof RecordTooLargeException) {
            return new Publication.TooLarge();
        }
        LOG.warn("A submission was not acknowledged: {}", reason.toString());
        if (isFatal(reason)) {
            producers.discard(producer, reason);
        }
        boolean rejected = reason instanceof AuthenticationException || reason instanceof AuthorizationException;
        return rejected || (refused && reason instanceof ApiException)
                ? new Publication.NotSent()
                : new Publication.Unknown();
    }

    private static boolean isFatal(Throwable reason) {
        return switch (reason) {
            case ProducerFencedException _,
                    InvalidProducerEpochException _,
                    OutOfOrderSequenceException _,
                    AuthenticationException _,
                    AuthorizationException _,
                    UnsupportedVersionException _ -> true;
            default -> false;
        };
    }
}
