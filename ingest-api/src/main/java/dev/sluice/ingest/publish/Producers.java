package dev.sluice.ingest.publish;

import dev.sluice.http.observe.ReadinessCheck;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current producer. A producer that its user gives up is replaced, at most once a second; one that cannot be created yet (because its
 * servers' names do not resolve, say) is retried on request, equally rarely. Nobody waits longer than a second for another thread's attempt.
 */
final class Producers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Producers.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Supplier<Producer<byte[], byte[]>> factory;
    private final Duration ackTimeout;
    private final MeterRegistry registry;
    private final ReentrantLock replacing = new ReentrantLock();

    private volatile @Nullable InUse inUse;
    private volatile String trouble = "no producer has been made yet";
    private long lastTry = System.nanoTime() - PAUSE_NANOS;
    private volatile boolean closed;

    Producers(Supplier<Producer<byte[], byte[]>> factory, Duration ackTimeout, MeterRegistry registry) {
        this.factory = factory;
        this.ackTimeout = ackTimeout;
        this.registry = registry;
    }

    static Producers of(Map<String, Object> settings, Duration ackTimeout, MeterRegistry registry) {
        return new Producers(
                () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
                ackTimeout,
                registry);
    }

    private record InUse(Producer<byte[], byte[]> producer, KafkaClientMetrics metrics) {

        void close(Duration within) {
            metrics.close();
            producer.close(within);
        }
    }

    Optional<Producer<byte[], byte[]>> current() {
        InUse current = inUse;
        if (current == null) {
            tryToMake();
            current = inUse;
        }
        return Optional.ofNullable(current).map(InUse::producer);
    }

    /** Discards a producer that has failed permanently, or seems to have; records in flight may still finish within their time. */
    void discard(Producer<byte[], byte[]> failed, Throwable reason) {
        InUse seen = inUse;
        if (seen == null || seen.producer() != failed) {
            // Discarded already; the lock may be held for as long as its successor takes to create.
            return;
        }
        replacing.lock();
        try {
            InUse current = inUse;
            if (current == null || current.producer() != failed) {
                return;
            }
            inUse = null;
            trouble = "the producer was given up: " + reason.getMessage();
            LOG.error("The producer is given up and replaced", reason);
            Thread.ofVirtual().name("close-failed-producer").start(() -> current.close(ackTimeout));
        } finally {
            replacing.unlock();
        }
    }

    ReadinessCheck.State state() {
        return inUse != null ? new ReadinessCheck.State(true, "in use") : new ReadinessCheck.State(false, trouble);
    }

    @Override
    public void close() {
        closed = true;
        InUse current = inUse;
        inUse = null;
        if (current != null) {
            current.close(CLOSE_WITHIN);
        }
    }

    private void tryToMake() {
        try {
            // Creating a producer first resolves the servers' names, which can take long.
            if (replacing.tryLock(PAUSE_NANOS, TimeUnit.NANOSECONDS)) {
                try {
                    makeIfThereIsNone();
                } finally {
                    replacing.unlock();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void makeIfThereIsNone() {
        try {
            if (inUse != null || closed || System.nanoTime() - lastTry < PAUSE_NANOS) {
                return;
            }
            lastTry = System.nanoTime();
            Producer<byte[], byte[]> producer = factory.get();
            KafkaClientMetrics metrics = new KafkaClientMetrics(producer);
            metrics.bindTo(registry);
            InUse made = new InUse(producer, metrics);
            inUse = made;
            if (closed) {
                // Closing does not wait for a producer that is being made.
                inUse = null;
                made.close(CLOSE_WITHIN);
            }
        } catch (KafkaException e) {
            if (closed) {
                // Interrupted, probably: nobody waits for it any more.
                return;
            }
            Throwable cause = e.getCause() == null ? e : e.getCause();
            trouble = "no producer can be made: " + cause.getMessage();
            LOG.warn("No producer can be made, trying again: {}", cause.getMessage());
        }
    }
}
