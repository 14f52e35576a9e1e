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
 * @param ids the ids of the durable lines, as far as they are listed
 * @param moreIds how many are not listed
 */
record SegmentAnswer(
        long durableThrough, long accepted, long rejected, List<BadLine> bad, List<Ids> ids, long moreIds) {

    /** A bad line's number, and its errors as JSON. */
    record BadLine(long line, String errors) {}

    /** Consecutive ids. */
    record Ids(long first, long last) {}

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
                        .toList(),
                body.path("id_ranges")
                        .valueStream()
                        .map(range -> new Ids(
                                range.path("first").asLong(), range.path("last").asLong()))
                        .toList(),
                body.path("more_ids").asLong(0));
    }

    /** Whether all bad lines are listed. */
    boolean listsAll() {
        return bad.size() == rejected;
    }

    boolean hasId(long id) {
        return ids.stream().anyMatch(range -> range.first() <= id && id <= range.last());
    }

    /** The last id that is listed. */
    long lastId() {
        return ids.getLast().last();
    }
}
