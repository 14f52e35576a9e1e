package dev.sluice.standalone.feed;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The server's response to a segment, or to its first lines.
 *
 * @param durableThrough the line through which everything is durable or bad
 * @param accepted how many of these lines are durable
 * @param rejected how many of these lines are bad
 * @param bad the first bad lines
 */
record SegmentAnswer(long durableThrough, long accepted, long rejected, List<BadLine> bad) {

    /** A bad line's number, and its errors as JSON. */
    record BadLine(long line, String errors) {}

    static SegmentAnswer of(JsonNode body) {
        return new SegmentAnswer(
                body.path("durable_through").asLong(),
                body.path("accepted").asLong(),
                body.path("rejected").asLong(),
                body.path("errors")
                        .valueStream()
                        .map(error -> new BadLine(
                                error.path("line").asLong(),
                                error.path("errors").toString()))
                        .toList());
    }

    boolean listsAll() {
        return bad.size() == rejected;
    }
}
