package dev.sluice.ingest.publish;

import dev.sluice.contract.id.IdBase;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.service.kafka.ProducerErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands submissions to the current producer and turns its acknowledgement or error into a {@link Publication}. Has a producer that failed for good, or
 * of which nothing is acknowledged though Kafka answers others, replaced.
 */
final class SubmissionSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionSender.class);

    // Longer than the producer's own delivery timeout: if a line is still unanswered after that, the producer has
    // stopped expiring records, so its thread is dead.
    private static final Duration BEYOND_EXPIRY = Duration.ofSeconds(2);

    private final String topic;
    private final IdBase ids;
    private final Duration timeout;
    private final Producers producers;
    private final LongPredicate kafkaAnswersSince;
    private final Supplier<OptionalInt> partitions;
    private final LogEnds ends;
    private final TimedWaits waits = new TimedWaits();
    private final FailureLines failures = new FailureLines(System::nanoTime, LOG::warn);
    private volatile long lastAcknowledged = System.nanoTime();

    /**
     * Creates a sender.
     *
     * @param timeout how long a submission may take, from its arrival to its result; a feed's line, this and 2 s more from when the producer took it
     * @param kafkaAnswersSince whether Kafka has answered others since then, in terms of {@link System#nanoTime}
     * @param partitions the topic's number; empty while records of it might get ids that others have, as far as is known
     * @param ends of the topic, for all senders
     */
    SubmissionSender(
            String topic,
            IdBase ids,
            Duration timeout,
            Producers producers,
            LongPredicate kafkaAnswersSince,
            Supplier<OptionalInt> partitions,
            LogEnds ends) {
        this.topic = topic;
        this.ids = ids;
        this.timeout = timeout;
        this.producers = producers;
        this.kafkaAnswersSince = kafkaAnswersSince;
        this.partitions = partitions;
        this.ends = ends;
    }

    /** Hands over a submission that arrived at {@code begun}, in terms of {@link System#nanoTime}. */
    Acknowledgement begin(Submission submission, long begun) {
        Optional<Producer<byte[], byte[]>> producer = producers.current();
        return producer.isPresent() && System.nanoTime() - begun < timeout.toNanos()
                ? send(producer.get(), submission, () -> begun, timeout)
                : Acknowledgement.of(new Publication.NotSent());
    }

    /** Returns the log for one feed, all of whose submissions go through one producer. */
    FeedSubmissions ofFeed() {
        return ofFeed(BEYOND_EXPIRY);
    }

    FeedSubmissions ofFeed(Duration beyondExpiry) {
        return new Feed(timeout.plus(beyondExpiry));
    }

    ReadinessCheck.State state() {
        return producers.state();
    }

    @Override
    public void close() {
        producers.close();
        waits.close();
    }

    /** {@code begun}: asked once the producer has taken the record, for which it may have waited long. */
    private Acknowledgement send(
            Producer<byte[], byte[]> producer, Submission submission, LongSupplier begun, Duration within) {
        OptionalInt known = partitions.get();
        if (known.isEmpty()) {
            return Acknowledgement.of(new Publication.NotSent());
        }
        SendResult result = new SendResult(ends, partitions, ends.expected(submission.key(), known.getAsInt()));
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, submission.key(), submission.body(), submission.headers());
        try {
            Future<RecordMetadata> acknowledgement = producer.send(record, result);
            return new Sent(producer, acknowledgement, result, begun.getAsLong(), within);
        } catch (InterruptException _) {
            return Acknowledgement.of(new Publication.NotSent());
        } catch (RuntimeException e) {
            // The producer has been closed or has failed permanently, perhaps after it took the record.
            producers.discard(producer, e);
            return Acknowledgement.of(new Publication.Unknown());
        }
    }

    private final class Feed implements FeedSubmissions {

        private final Duration within;
        private @Nullable Producer<byte[], byte[]> own;

        private Feed(Duration within) {
            this.within = within;
        }

        @Override
        public Acknowledgement begin(Submission submission) {
            Producer<byte[], byte[]> current = producers.current().orElse(null);
            own = own == null ? current : own;
            // What a successor sends could get into the log before what the discarded producer still has to send.
            return current != null && current == own
                    ? send(current, submission, System::nanoTime, within)
                    : Acknowledgement.of(new Publication.NotSent());
        }
    }

    private final class Sent implements Acknowledgement {

        private final Producer<byte[], byte[]> producer;
        private final Future<RecordMetadata> acknowledgement;
        private final SendResult result;
        private final long begun;
        private final Duration within;

        private Sent(
                Producer<byte[], byte[]> producer,
                Future<RecordMetadata> acknowledgement,
                SendResult result,
                long begun,
                Duration within) {
            this.producer = producer;
            this.acknowledgement = acknowledgement;
            this.result = result;
            this.begun = begun;
            this.within = within;
        }

        @Override
        public boolean isKnown() {
            return acknowledgement.isDone();
        }

        @Override
        public Publication await() {
            try {
                return logged(waits.get(acknowledgement, begun + within.toNanos()), result);
            } catch (ExecutionException e) {
                return failed(e.getCause() == null ? e : e.getCause());
            } catch (TimeoutException _) {
                discardIfSilent();
                return new Publication.Unknown();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new Publication.Unknown();
            }
        }

        // A producer whose thread has died of an Error still accepts records but sends none. One whose partitions have
        // no leader or too few replicas looks the same, but replacing that loses nothing.
        private void discardIfSilent() {
            if (lastAcknowledged - begun < 0 && kafkaAnswersSince.test(begun)) {
                producers.discard(
                        producer,
                        new IllegalStateException(
                                "nothing of it was acknowledged for " + within.toSeconds()
                                        + " s, though Kafka answers: its thread may have died, or partitions have no leader or too few replicas"));
            }
        }

        private Publication failed(Throwable reason) {
            if (reason instanceof RecordTooLargeException) {
                return new Publication.TooLarge();
            }
            if (result.isRefused() && reason instanceof BufferExhaustedException) {
                LOG.debug("The producer has no memory for a submission: {}", reason.toString());
                return new Publication.Overload();
            }
            failures.add(reason);
            if (ProducerErrors.isFatal(reason)) {
                producers.discard(producer, reason);
            }
            // A record that was handed over may be in the log whatever the error: perhaps the first answer was lost
            // and only the producer's retry failed.
            return result.isRefused() && reason instanceof ApiException
                    ? new Publication.NotSent()
                    : new Publication.Unknown();
        }
    }

    private Publication logged(RecordMetadata metadata, SendResult result) {
        lastAcknowledged = System.nanoTime();
        // What waits while the topic is deleted and made anew comes into the new one, at the place of another.
        if (!result.isInTheLogSentTo() || partitions.get().isEmpty()) {
            return new Publication.Unknown();
        }
        return metadata.hasOffset()
                ? new Publication.Logged(
                        ids.idOf(metadata.partition(), metadata.offset()), Instant.ofEpochMilli(metadata.timestamp()))
                : new Publication.LoggedSomewhere();
    }
}
