package dev.sluice.ingest.feed;

/** Why a feed has come to its end. */
sealed interface FeedEnd {

    /** What to do about a feed that did not come to its end, and why it is safe. */
    String GO_ON =
            " Send the feed again with the same Idempotency-Key, all of it or from the line after durable_through on with from_line;"
                    + " without a key those lines may be stored twice.";

    /** It was stopped, which nobody is told but by a server that stops. */
    String STOPPING = "The server is stopping." + GO_ON;

    /** All of it was read. */
    record Complete() implements FeedEnd {}

    /** The connection was cut off before the body's end. */
    record CutOff() implements FeedEnd {}

    /** The caller's token was revoked, or expired, meanwhile. */
    record Revoked() implements FeedEnd {}

    /** Its chunks or its compression cannot be read on. */
    record Malformed(String detail) implements FeedEnd {}

    /** It expands to too much. */
    record TooMuch(String detail) implements FeedEnd {}

    /** The client did not get on. */
    record Stalled(long seconds) implements FeedEnd {}

    /** Not now: the log does not acknowledge, there is no memory, or the server stops. */
    record Unavailable(String detail) implements FeedEnd {}

    /** Something that nobody expected, and that was logged. */
    record Failed() implements FeedEnd {}
}
