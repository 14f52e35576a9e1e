package dev.sluice.ingest.feed;

/**
 * The Idempotency-Key of one line of a feed: the feed's key and the line's number, each after a space. An HTTP client cannot send a header value that
 * begins with a space, so the key of a single submission never equals a line's.
 */
final class LineKey {

    /** Leaves room for two spaces and a line number. */
    static final int MAX_FEED_KEY = 200;

    private LineKey() {}

    static boolean isPossibleFor(String feedKey) {
        return feedKey.length() <= MAX_FEED_KEY;
    }

    static String of(String feedKey, long line) {
        return " " + feedKey + " " + line;
    }
}
