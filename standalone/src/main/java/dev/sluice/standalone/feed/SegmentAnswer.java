package dev.sluice.standalone.feed;

import java.util.List;

/**
 * What the server said of a segment, or of its first lines.
 *
 * @param durableThrough up to which line all is durable or bad
 * @param accepted how many of these are durable
 * @param rejected how many are bad
 * @param bad the first of the bad ones
 * @param stopped why it did not come to the segment's end; empty if it did
 */
record SegmentAnswer(long durableThrough, long accepted, long rejected, List<BadLine> bad, String stopped) {

    /** A line's errors, as JSON. */
    record BadLine(long line, String errors) {}

    /** Whether all bad lines are listed. */
    boolean listsAll() {
        return bad.size() == rejected;
    }
}
