package dev.sluice.ingest.feed;

import dev.sluice.http.share.Shares;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What of a feed is on its way to the log: bounded in lines and bytes, for the feed and, with others, for all feeds together. One thread puts,
 * and waits while it is full; another takes in the same order.
 */
final class Window {

    private static final int LINES = 8_192;
    private static final int UNIT = 1024;
    private static final int UNITS = 4 * 1024;
    // What is held of a line beside its text.
    private static final int OVERHEAD = 512;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final BlockingQueue<FeedEntry> entries = new ArrayBlockingQueue<>(LINES);
    private final Semaphore own = new Semaphore(UNITS);
    private final Shares shared;
    private final int sharedUnits;
    private final String caller;
    private volatile boolean stopped;

    /** {@code shared}: room that all feeds share, in KiB, of which the caller's get a share. */
    Window(Shares shared, int sharedUnits, String caller) {
        this.shared = shared;
        this.sharedUnits = sharedUnits;
        this.caller = caller;
    }

    /** The room that {@code bytes} of all feeds' lines take, in KiB. */
    static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }

    /**
     * Waits for room.
     *
     * @return what was taken, to be part of the entry; negative if the feed is to end
     */
    int take(int bytes) throws InterruptedException {
        int weight = Math.min(units((long) bytes + OVERHEAD), Math.min(UNITS, sharedUnits));
        while (!stopped) {
            if (own.tryAcquire(weight, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return takeShared(weight);
            }
        }
        return -1;
    }

    /** Puts what has its room already; whether the feed goes on. */
    boolean put(FeedEntry entry) throws InterruptedException {
        while (!stopped) {
            if (entries.offer(entry, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        giveBack(entry);
        return false;
    }

    @Nullable
    FeedEntry poll() {
        return entries.poll();
    }

    @Nullable
    FeedEntry poll(long millis) throws InterruptedException {
        return entries.poll(millis, TimeUnit.MILLISECONDS);
    }

    boolean hasEntries() {
        return !entries.isEmpty();
    }

    void giveBack(FeedEntry entry) {
        int weight =
                switch (entry) {
                    case FeedEntry.Begun begun -> begun.weight();
                    case FeedEntry.Bad bad -> bad.weight();
                    case FeedEntry.Ended _ -> 0;
                };
        own.release(weight);
        shared.giveBack(caller, weight);
    }

    /** Nothing more is to be put. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Gives back the room of what nobody will take any more. */
    void clear() {
        for (FeedEntry entry = entries.poll(); entry != null; entry = entries.poll()) {
            giveBack(entry);
        }
    }

    private int takeShared(int weight) throws InterruptedException {
        while (!stopped) {
            if (shared.take(caller, 0, weight, LOOK_AGAIN) == Shares.Outcome.TAKEN) {
                return weight;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        own.release(weight);
        return -1;
    }
}
