package dev.sluice.examples.outcomes;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tracks which offsets have been counted: all up to the highest one, except for a few missing spans. Offsets are
 * missing before the first one received, where a transaction ended, and for an outcome that could not be written at
 * first and so comes after later ones.
 */
final class Counted {

    private static final String HIGHEST = "highest";
    private static final String MISSING = "missing";
    private static final long NONE = -1;

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
            if (offset > highest + 1) {
                missing.put(highest + 1, offset - 1);
            }
            highest = offset;
            return true;
        }
        Map.Entry<Long, Long> span = missing.floorEntry(offset);
        if (span == null || span.getValue() < offset) {
            return false;
        }
        missing.remove(span.getKey());
        if (span.getKey() < offset) {
            missing.put(span.getKey(), offset - 1);
        }
        if (offset < span.getValue()) {
            missing.put(offset + 1, span.getValue());
        }
        return true;
    }

    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode().put(HIGHEST, highest);
        ArrayNode spans = json.putArray(MISSING);
        missing.forEach((first, last) -> spans.addArray().add(first).add(last));
        return json;
    }
}
