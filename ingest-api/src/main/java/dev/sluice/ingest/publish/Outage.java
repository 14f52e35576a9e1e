package dev.sluice.ingest.publish;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Remembers that Kafka is away, so that not every request has to find out by waiting out its time with its body in memory. It is away when
 * something was not acknowledged in time and nothing else was acknowledged meanwhile; from then on one submission at a time tries, the
 * others are refused at once, until one gets through.
 */
final class Outage {

    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean away;
    private volatile long lastAcknowledged = System.nanoTime();

    /** A publication that may go on; it has to be ended. */
    final class Attempt implements AutoCloseable {

        private final long start = System.nanoTime();
        private final boolean probe;

        private Attempt(boolean probe) {
            this.probe = probe;
        }

        /** Whether it is the one that finds out, while the others are refused. */
        boolean isProbe() {
            return probe;
        }

        void acknowledged() {
            lastAcknowledged = System.nanoTime();
            if (away) {
                away = false;
            }
        }

        void unanswered() {
            if (lastAcknowledged - start < 0) {
                away = true;
            }
        }

        @Override
        public void close() {
            if (probe) {
                probing.set(false);
            }
        }
    }

    /** Lets a publication go on, or nothing if it is to be refused. */
    Optional<Attempt> begin() {
        if (!away) {
            return Optional.of(new Attempt(false));
        }
        return probing.compareAndSet(false, true) ? Optional.of(new Attempt(true)) : Optional.empty();
    }
}
