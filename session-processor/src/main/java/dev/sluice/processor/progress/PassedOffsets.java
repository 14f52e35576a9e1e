package dev.sluice.processor.progress;

import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far this very process has come, per partition, for those who wait for it without asking the store over and over. */
public final class PassedOffsets {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final Map<Integer, Long> next = new HashMap<>();
    // The latest one. What was stored in one says nothing about another.
    private int generation;

    /** To be called after the store knows it, with the generation that it was stored in. */
    public void advance(Generation in, Map<Integer, Long> positions) {
        lock.lock();
        try {
            if (in.number() > generation) {
                generation = in.number();
                next.clear();
            }
            if (in.number() == generation) {
                positions.forEach((partition, position) -> next.merge(partition, position, Math::max));
                advanced.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until this process has passed a position in a generation, or for so long.
     *
     * @return whether it has
     */
    public boolean awaitPassed(Generation in, int partition, long position, Duration atMost)
            throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (in.number() != generation || next.getOrDefault(partition, 0L) <= position) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = advanced.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
