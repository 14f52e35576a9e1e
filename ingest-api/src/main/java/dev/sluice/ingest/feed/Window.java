package dev.sluice.ingest.feed;

import dev.sluice.http.share.Shares;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The part of a feed in flight to the log, bounded in bytes per feed and over all feeds. One thread puts entries and blocks while the window is full;
 * another takes them in order. Entries move in blocks and room is acquired in portions, because locking for each line took an eighth of its CPU time.
 */
final class Window {

    private static final int UNIT = 1024;
    private static final int UNITS = 4 * 1024;
    // A read from the client yields about as much.
    private static final int PORTION = 64;
    private static final int LINES_PER_BLOCK = 256;
    // The memory a line takes beside its text, in bytes.
    private static final int OVERHEAD = 512;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    // Each block except the last takes room, so the queue is never full.
    private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>(UNITS + 1);
    private final Semaphore own = new Semaphore(UNITS);
    private final Shares shared;
    private final int sharedUnits;
    private final String caller;
    private volatile boolean stopped;
    private volatile boolean closed;

    // Used by the putting thread only: the next block's entries, the room they take, and acquired room not yet used.
    private List<FeedEntry> open = new ArrayList<>();
    private int openUnits;
    private int spareUnits;

    /** {@code shared}: the room of all feeds, in KiB, of which each caller gets a share. */
    Window(Shares shared, int sharedUnits, String caller) {
        this.shared = shared;
        this.sharedUnits = sharedUnits;
        this.caller = caller;
    }

    /** Consecutive lines, and the room they take. */
    record Block(List<FeedEntry> entries, int units) {}

    static final class StoppedException extends IOException {

        private StoppedException() {
            super("The feed is to stop");
        }
    }

    /** The room that lines of {@code bytes} take, in KiB. */
    static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }

    /** Waits for room for the next entry, after handing over the ones before. */
    void take(int bytes) throws InterruptedException, StoppedException {
        int units = Math.min(units((long) bytes + OVERHEAD), Math.min(UNITS, sharedUnits));
        if (spareUnits < units && !acquire(Math.max(units, PORTION), Duration.ZERO)) {
            handOver();
            while (!stopped && !acquire(units, LOOK_AGAIN)) {
                // Looks again whether the feed is to stop.
            }
        }
        if (stopped) {
            throw new StoppedException();
        }
        spareUnits -= units;
        openUnits += units;
    }

    /** Puts an entry whose room has been taken. It is handed over alone or with later ones. */
    void put(FeedEntry entry) {
        open.add(entry);
        if (open.size() == LINES_PER_BLOCK) {
            handOver();
        }
    }

    /** Hands over the entries put so far and returns unused room. Call before any wait. */
    void handOver() {
        giveBack(spareUnits);
        spareUnits = 0;
        if (!open.isEmpty()) {
            blocks.add(new Block(open, openUnits));
            open = new ArrayList<>();
            openUnits = 0;
            if (closed) {
                clear();
            }
        }
    }

    @Nullable
    Block poll() {
        return blocks.poll();
    }

    @Nullable
    Block poll(long millis) throws InterruptedException {
        return blocks.poll(millis, TimeUnit.MILLISECONDS);
    }

    boolean hasBlocks() {
        return !blocks.isEmpty();
    }

    void giveBack(Block block) {
        giveBack(block.units());
    }

    /** Stops the putting thread; entries put so far can still be taken. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Ends taking: the room of entries put so far, or still to be put, is returned. */
    void close() {
        stopped = true;
        closed = true;
        clear();
    }

    private void clear() {
        for (Block block = blocks.poll(); block != null; block = blocks.poll()) {
            giveBack(block);
        }
    }

    private boolean acquire(int units, Duration within) throws InterruptedException {
        if (!own.tryAcquire(units, within.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        if (shared.take(caller, units, within) == Shares.Outcome.TAKEN) {
            spareUnits += units;
            return true;
        }
        own.release(units);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return false;
    }

    private void giveBack(int units) {
        own.release(units);
        shared.giveBack(caller, units);
    }
}
