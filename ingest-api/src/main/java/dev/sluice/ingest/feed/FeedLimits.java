package dev.sluice.ingest.feed;

import dev.sluice.ingest.publish.KafkaSubmissions;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.Heap;

/**
 * The limits of feeds.
 *
 * @param maxFeeds the maximum number of concurrent feeds; more are answered 503
 * @param maxExpansion how many times its length a compressed feed may expand to
 * @param unacknowledgedBytes the maximum number of bytes held by unacknowledged lines of all feeds
 */
public record FeedLimits(int maxFeeds, int maxExpansion, long unacknowledgedBytes) {

    private static final int MOST_FEEDS = 10_000;
    // Their answers then take at most an eighth of it.
    private static final long LEAST_HEAP_PER_FEED = 4L * 1024 * 1024;
    private static final int DEFAULT_EXPANSION = 200;
    private static final int HIGHEST_EXPANSION = 1_000_000;
    private static final long HEAP_PER_FEED = 8L * 1024 * 1024;
    private static final int DEFAULT_MOST_FEEDS = 64;
    private static final int DEFAULT_LEAST_FEEDS = 4;

    public FeedLimits {
        if (maxFeeds < 1 || maxExpansion < 1 || unacknowledgedBytes < 1) {
            throw new IllegalArgumentException("maxFeeds, maxExpansion and unacknowledgedBytes are " + maxFeeds + ", "
                    + maxExpansion + " and " + unacknowledgedBytes + ": expected at least 1 of each");
        }
    }

    /** One feed per 8 MiB of heap, but 4 to 64. */
    public static FeedLimits defaults(Heap heap) {
        long room = heap.bytes() / HEAP_PER_FEED;
        return new FeedLimits(
                Math.clamp(room, DEFAULT_LEAST_FEEDS, DEFAULT_MOST_FEEDS),
                DEFAULT_EXPANSION,
                KafkaSubmissions.unacknowledgedBytes(heap));
    }

    /** Reads SLUICE_MAX_FEEDS and SLUICE_MAX_FEED_EXPANSION. */
    public static FeedLimits of(Environment environment, Heap heap) {
        FeedLimits defaults = defaults(heap);
        int most = Math.clamp(heap.bytes() / LEAST_HEAP_PER_FEED, DEFAULT_LEAST_FEEDS, MOST_FEEDS);
        return new FeedLimits(
                environment.integer("SLUICE_MAX_FEEDS", defaults.maxFeeds, 1, most),
                environment.integer("SLUICE_MAX_FEED_EXPANSION", defaults.maxExpansion, 1, HIGHEST_EXPANSION),
                defaults.unacknowledgedBytes);
    }
}
