package dev.sluice.ingest.feed;

import java.util.List;

/**
 * Lines of a feed that follow one another, on their way to being settled.
 *
 * @param units the room of the {@link Window} that they take
 */
record FeedBlock(List<FeedEntry> entries, int units) {}
