package dev.sluice.ingest.feed;

import dev.sluice.ingest.publish.Acknowledgement;

/** What has been made of a line, in the order of the feed, on its way to being settled. */
sealed interface FeedEntry {

    /** The line's number; for the end, that of the last line. */
    long line();

    /** A session that was handed over to the log. */
    record Begun(long line, Acknowledgement acknowledgement) implements FeedEntry {}

    /**
     * A line that is no valid session.
     *
     * @param errors JSON
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Bad(long line, byte[] errors) implements FeedEntry {}

    /** Nothing more comes. */
    record Ended(long line, FeedEnd end) implements FeedEntry {}
}
