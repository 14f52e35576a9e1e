package dev.sluice.processor.read.page;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;

/** The direction of a list. */
public enum Direction {
    /** From small ids to large ones. */
    UP,
    /** From large ids to small ones: newest first. */
    DOWN;

    public Direction opposite() {
        return this == UP ? DOWN : UP;
    }

    public Bson sort(String field) {
        return this == UP ? Sorts.ascending(field) : Sorts.descending(field);
    }

    /** The filter that continues after a value, exclusive. */
    public <T> Bson beyond(String field, T value) {
        return this == UP ? Filters.gt(field, value) : Filters.lt(field, value);
    }

    /** The filter that continues from a value, inclusive. */
    public <T> Bson from(String field, T value) {
        return this == UP ? Filters.gte(field, value) : Filters.lte(field, value);
    }
}
