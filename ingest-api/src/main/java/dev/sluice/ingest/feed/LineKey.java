package dev.sluice.ingest.feed;

/**
 * The Idempotency-Key of one line of a feed: the feed's key and the line's number, with a space before each. No HTTP client can send a
 * header's value that begins with a space, so no key of a single submission is ever a line's.
 */
final class LineKey {

    /** Two spaces and a line's number have room after it. */
    static final int MAX_FEED_KEY = 200;

    private LineKey() {}

    static boolean isPossibleFor(String feedKey) {
        return feedKey.length() <= MAX_FEED_KEY;
    }

    static String of(String feedKey, long line) {
        return " " + feedKey + " " + line;
    }
}
