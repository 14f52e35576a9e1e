package dev.sluice.examples.outcomes;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tracks which offsets have been counted: all up to the highest one, except for some missing spans. Offsets are
 * missing before the first one received, where a transaction ended, and for an outcome that could not be written at
 * first and so comes after later ones. The lowest spans are forgotten when there are many.
 */
final class Counted {

    private static final String HIGHEST = "highest";
    private static final String MISSING = "missing";
    private static final long NONE = -1;
    // An outcome comes after at most 1,024 later ones of its partition, which leave no more spans than that above its
    // own.
    private static final int MOST_SPANS = 2_000;

    private final TreeMap<Long, Long> missing = new TreeMap<>();
    private long highest;

    /** Reads what {@link #json} wrote; a missing node means that nothing has been counted. */
    Counted(JsonNode json) {
        highest = json.path(HIGHEST).asLong(NONE);
        json.path(MISSING)
                .forEach(span -> missing.put(span.path(0).asLong(), span.path(1).asLong()));
    }

    /** Counts an offset, and returns whether it was new. */
    boolean add(long offset) {
        if (offset > highest) {
            miss(highest + 1, offset - 1);
            highest = offset;
            return true;
        }
        Map.Entry<Long, Long> span = missing.floorEntry(offset);
        if (span == null || span.getValue() < offset) {
            return false;
        }
        missing.remove(span.getKey());
        miss(span.getKey(), offset - 1);
        miss(offset + 1, span.getValue());
        return true;
    }

    private void miss(long first, long last) {
        if (first > last) {
            return;
        }
        missing.put(first, last);
        if (missing.size() > MOST_SPANS) {
            missing.pollFirstEntry();
        }
    }

    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode().put(HIGHEST, highest);
        ArrayNode spans = json.putArray(MISSING);
        missing.forEach((first, last) -> spans.addArray().add(first).add(last));
        return json;
    }
}
