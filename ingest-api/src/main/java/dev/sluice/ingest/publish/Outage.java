package dev.sluice.ingest.publish;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Remembers that Kafka is unavailable, so that not every request waits for its whole timeout with its body in memory. Kafka counts as unavailable
 * when a submission was not acknowledged in time and no other was acknowledged meanwhile; from then on one submission at a time tries and the others
 * are refused at once, until one succeeds.
 */
final class Outage {

    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean away;
    private volatile long lastAcknowledged = System.nanoTime();

    /** A publication that may proceed; close it when it is over. */
    final class Attempt implements AutoCloseable {

        private final long start = System.nanoTime();
        private final boolean probe;

        private Attempt(boolean probe) {
            this.probe = probe;
        }

        /** Whether this attempt probes Kafka while others are refused. */
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

    /** Lets a publication proceed; empty if it is to be refused. */
    Optional<Attempt> begin() {
        if (!away) {
            return Optional.of(new Attempt(false));
        }
        return probing.compareAndSet(false, true) ? Optional.of(new Attempt(true)) : Optional.empty();
    }
}
