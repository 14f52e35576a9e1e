package dev.sluice.processor.read.page;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;

/** Which way a list is gone through. */
public enum Direction {
    /** From small ids to large ones. */
    UP,
    /** From large ids to small ones: newest first. */
    DOWN;

    /** The other way. */
    public Direction opposite() {
        return this == UP ? DOWN : UP;
    }

    /** How a store sorts for it. */
    public Bson sort(String field) {
        return this == UP ? Sorts.ascending(field) : Sorts.descending(field);
    }

    /** What a store finds when it goes on from a value, without that. */
    public <T> Bson beyond(String field, T value) {
        return this == UP ? Filters.gt(field, value) : Filters.lt(field, value);
    }

    /** What a store finds when it goes on from a value, that included. */
    public <T> Bson from(String field, T value) {
        return this == UP ? Filters.gte(field, value) : Filters.lte(field, value);
    }
}
