package dev.sluice.processor.outcome;

import dev.sluice.service.kafka.ProducerErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Sends records and returns once the brokers have acknowledged every one of them. Thread-safe. */
public final class AcknowledgedSends {

    private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
    private final Duration timeout;
    private @Nullable Producer<byte[], byte[]> latest;

    /**
     * @param producers creates idempotent producers that wait for all replicas
     * @param timeout longer than such a producer takes to give up
     */
    public AcknowledgedSends(DefaultKafkaProducerFactory<byte[], byte[]> producers, Duration timeout) {
        this.producers = producers;
        this.timeout = timeout;
    }

    /**
     * Sends all records.
     *
     * @return the records that are too large to be sent
     * @throws KafkaException if any other record was not acknowledged; some of them may have been sent
     */
    List<ProducerRecord<byte[], byte[]>> send(List<ProducerRecord<byte[], byte[]>> records) {
        // One for all of them: a producer that is closed still sends what it has, perhaps after what its successor
        // sends.
        Producer<byte[], byte[]> producer = producer();
        List<Future<RecordMetadata>> sends = new ArrayList<>(records.size());
        List<ProducerRecord<byte[], byte[]>> tooLarge = new ArrayList<>();
        long deadline = System.nanoTime() + timeout.toNanos();
        for (ProducerRecord<byte[], byte[]> record : records) {
            Future<RecordMetadata> send = send(producer, record);
            sends.add(send);
            if (send.state() == Future.State.FAILED || System.nanoTime() - deadline > 0) {
                // Each of the following sends could wait as long as this one.
                awaitAcknowledgement(send, deadline, producer);
            }
        }
        for (int i = 0; i < sends.size(); i++) {
            if (!awaitAcknowledgement(sends.get(i), deadline, producer)) {
                tooLarge.add(records.get(i));
            }
        }
        return tooLarge;
    }

    private synchronized Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> shared = producers.createProducer();
        latest = shared;
        return shared;
    }

    private Future<RecordMetadata> send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record);
        } catch (RuntimeException e) {
            if (!(e instanceof InterruptException)) {
                // The producer has been closed or has failed for good.
                replace(producer);
            }
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns whether the record was acknowledged; false if it is too large to be sent. */
    private boolean awaitAcknowledgement(
            Future<RecordMetadata> send, long deadline, Producer<byte[], byte[]> producer) {
        try {
            send.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            Throwable cause = kafkaCause(e);
            if (cause instanceof RecordTooLargeException) {
                return false;
            }
            if (ProducerErrors.isFatal(cause)) {
                // The next attempt gets a new one.
                replace(producer);
            }
            throw cause instanceof KafkaException known ? known : new KafkaException(cause);
        } catch (TimeoutException e) {
            // A working producer gives up earlier.
            replace(producer);
            throw new org.apache.kafka.common.errors.TimeoutException("no acknowledgement within " + timeout, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Closes a producer, unless that has been done already. */
    private synchronized void replace(Producer<byte[], byte[]> broken) {
        if (broken == latest) {
            latest = null;
            producers.reset();
        }
    }

    private static Throwable kafkaCause(ExecutionException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof KafkaException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
