package dev.sluice.ingest.publish;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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

/** Hands submissions to the current producer and turns its acknowledgement or error into a {@link Publication}. */
final class SubmissionSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionSender.class);

    private final String topic;
    private final IdBase ids;
    private final Duration timeout;
    private final Producers producers;
    private final TimedWaits waits = new TimedWaits();

    /** {@code timeout}: how long a submission may take, from its arrival to its result. */
    SubmissionSender(String topic, IdBase ids, Duration timeout, Producers producers) {
        this.topic = topic;
        this.ids = ids;
        this.timeout = timeout;
        this.producers = producers;
    }

    Acknowledgement begin(Submission submission) {
        long deadline = deadline();
        Optional<Producer<byte[], byte[]>> producer = producers.current();
        return producer.isPresent()
                ? begin(producer.get(), submission, deadline)
                : Acknowledgement.of(new Publication.NotSent());
    }

    /** The deadline of a submission that arrives now, in terms of {@link System#nanoTime}. */
    long deadline() {
        return System.nanoTime() + timeout.toNanos();
    }

    /** Hands over a submission to a producer that {@link Producers#current} has just returned. */
    Acknowledgement begin(Producer<byte[], byte[]> producer, Submission submission, long deadline) {
        if (System.nanoTime() - deadline >= 0) {
            return Acknowledgement.of(new Publication.NotSent());
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, null, ProjectKey.of(submission.project()), submission.body(), submission.headers());
        Future<RecordMetadata> acknowledgement;
        try {
            acknowledgement = producer.send(record);
        } catch (InterruptException _) {
            return Acknowledgement.of(new Publication.NotSent());
        } catch (RuntimeException e) {
            // Thrown by send rather than delivered through the future: the producer is unusable, closed or
            // failed permanently.
            producers.discard(producer, e);
            return Acknowledgement.of(new Publication.NotSent());
        }
        // A record that is too large or finds no memory or metadata fails before send returns, and is never sent.
        return new Sent(producer, acknowledgement, deadline, acknowledgement.isDone());
    }

    /** Call after closing the producers, when nothing waits any more. */
    @Override
    public void close() {
        waits.close();
    }

    private final class Sent implements Acknowledgement {

        private final Producer<byte[], byte[]> producer;
        private final Future<RecordMetadata> acknowledgement;
        private final long deadline;
        private final boolean refused;

        private Sent(
                Producer<byte[], byte[]> producer,
                Future<RecordMetadata> acknowledgement,
                long deadline,
                boolean refused) {
            this.producer = producer;
            this.acknowledgement = acknowledgement;
            this.deadline = deadline;
            this.refused = refused;
        }

        @Override
        public boolean isKnown() {
            return acknowledgement.isDone();
        }

        @Override
        public Publication await() {
            try {
                return logged(waits.get(acknowledgement, deadline));
            } catch (ExecutionException e) {
                return failed(e.getCause() == null ? e : e.getCause());
            } catch (TimeoutException _) {
                return new Publication.Unknown();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new Publication.Unknown();
            }
        }

        private Publication failed(Throwable reason) {
            if (reason instanceof RecordTooLargeException) {
                return new Publication.TooLarge();
            }
            LOG.warn("A submission was not acknowledged: {}", reason.toString());
            if (isFatal(reason)) {
                producers.discard(producer, reason);
            }
            // A record that was handed over may be in the log whatever the error: perhaps the first answer was lost
            // and only the producer's retry failed.
            return refused && reason instanceof ApiException ? new Publication.NotSent() : new Publication.Unknown();
        }
    }

    private Publication logged(RecordMetadata metadata) {
        return metadata.hasOffset()
                ? new Publication.Logged(
                        ids.idOf(metadata.partition(), metadata.offset()), Instant.ofEpochMilli(metadata.timestamp()))
                : new Publication.LoggedSomewhere();
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
