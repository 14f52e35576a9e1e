package dev.sluice.ingest.feed;

import dev.sluice.ingest.publish.Acknowledgement;

/** The result of reading a line, in the order of the feed, waiting to be settled. */
sealed interface FeedEntry {

    /** The line's number; for the end, that of the last line. */
    long line();

    record Begun(long line, Acknowledgement acknowledgement) implements FeedEntry {}

    /** A line that is not a valid session, with its errors as JSON. */
    @SuppressWarnings("ArrayRecordComponent")
    record Bad(long line, byte[] errors) implements FeedEntry {}

    record Ended(long line, FeedEnd end) implements FeedEntry {}
}
