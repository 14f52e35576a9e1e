package dev.sluice.ingest.feed;

import dev.sluice.contract.topic.IdempotencyKey;

/**
 * The Idempotency-Key of one line of a feed: the feed's key and the line's number, each after a space. An HTTP client cannot send a header value that
 * begins with a space, so the key of a single submission never equals a line's.
 */
public final class LineKey {

    /** The maximum length of a feed's key, in characters: leaves room for two spaces and a line number. */
    public static final int MAX_FEED_KEY = 200;

    private LineKey() {}

    public static boolean isPossibleFor(String feedKey) {
        return IdempotencyKey.isValid(feedKey) && feedKey.length() <= MAX_FEED_KEY;
    }

    static String of(String feedKey, long line) {
        return " " + feedKey + " " + line;
    }
}
