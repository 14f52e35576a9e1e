package dev.sluice.standalone.feed;

import java.util.List;

/**
 * The server's response to a segment, or to its first lines.
 *
 * @param durableThrough the line through which everything is durable or bad
 * @param accepted how many of these lines are durable
 * @param rejected how many of these lines are bad
 * @param bad the first bad lines
 * @param stopped why the server stopped before the segment's end; empty if it did not
 */
record SegmentAnswer(long durableThrough, long accepted, long rejected, List<BadLine> bad, String stopped) {

    /** A bad line's number, and its errors as JSON. */
    record BadLine(long line, String errors) {}

    /** Whether all bad lines are listed. */
    boolean listsAll() {
        return bad.size() == rejected;
    }
}
