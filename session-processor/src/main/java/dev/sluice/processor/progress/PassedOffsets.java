package dev.sluice.processor.progress;

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

    /** To be called after the store knows it. */
    public void advance(Map<Integer, Long> positions) {
        lock.lock();
        try {
            positions.forEach((partition, position) -> next.merge(partition, position, Math::max));
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until this process has passed a position, or for so long.
     *
     * @return whether it has
     */
    public boolean awaitPassed(int partition, long position, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (next.getOrDefault(partition, 0L) <= position) {
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
