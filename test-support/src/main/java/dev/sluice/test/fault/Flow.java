package dev.sluice.test.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The flow of bytes in one direction: immediate, delayed, throttled, paused, or cut after a number of bytes. Thread-safe. */
final class Flow {

    private static final int AT_ONCE = 8 * 1024;
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();
    private final AtomicLong left = new AtomicLong(UNBOUNDED);
    private volatile boolean paused;
    private volatile Duration delay = Duration.ZERO;
    private volatile long bytesPerSecond = UNBOUNDED;

    void delay(Duration each) {
        delay = each;
    }

    void throttle(long bytes) {
        bytesPerSecond = bytes;
    }

    void cutAfter(long bytes) {
        left.set(bytes);
    }

    void pause() {
        paused = true;
    }

    void resume() {
        lock.lock();
        try {
            paused = false;
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        delay = Duration.ZERO;
        bytesPerSecond = UNBOUNDED;
        left.set(UNBOUNDED);
        resume();
    }

    /**
     * Writes the bytes as the current fault dictates.
     *
     * @throws CutException if the limit is reached; the bytes within it are written
     */
    void write(OutputStream stream, byte[] bytes, int from, int to) throws IOException, InterruptedException {
        awaitResumed();
        Thread.sleep(delay);
        int at = from;
        while (at < to) {
            int length = Math.min(AT_ONCE, to - at);
            slowDown(length);
            awaitResumed();
            int allowed = allowed(length);
            stream.write(bytes, at, allowed);
            if (allowed < length) {
                throw new CutException();
            }
            at += length;
        }
    }

    /** Thrown where a connection must end in the middle of a message. */
    static final class CutException extends IOException {}

    private int allowed(int length) {
        if (left.get() == UNBOUNDED) {
            return length;
        }
        return (int) Math.min(length, left.getAndUpdate(bytes -> Math.max(0, bytes - length)));
    }

    private void slowDown(int length) throws InterruptedException {
        long rate = bytesPerSecond;
        if (rate != UNBOUNDED) {
            Thread.sleep(Duration.ofNanos(1_000_000_000L * length / rate));
        }
    }

    private void awaitResumed() throws InterruptedException {
        if (!paused) {
            return;
        }
        lock.lock();
        try {
            while (paused) {
                resumed.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
