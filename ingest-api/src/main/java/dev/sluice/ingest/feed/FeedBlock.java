package dev.sluice.ingest.feed;

import java.util.List;

/**
 * Consecutive lines of a feed, waiting to be settled.
 *
 * @param units the room they take in the {@link Window}
 */
record FeedBlock(List<FeedEntry> entries, int units) {}
