package dev.sluice.processor.read.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list ordered by its items' unique keys. Fetching costs as much as the items fetched and skipped, at any depth. */
public interface OrderedList<K, T> {

    /**
     * A part of a list.
     *
     * @param beyond the key that it begins after; null for the end of the list that {@code direction} starts at
     * @param skip the number of items to skip first
     */
    record Range<K>(@Nullable K beyond, Direction direction, int skip) {}

    /**
     * The items fetched from a range.
     *
     * @param items in the range's direction; fewer than requested if they are large
     * @param more whether the range has more items
     */
    record Run<T>(List<T> items, boolean more) {}

    /** The first items of a range: at most {@code limit} and of bounded total size, but at least one if there is any. */
    Run<T> fetch(Range<K> range, int limit);

    boolean hasAny(Range<K> range);

    K key(T item);
}
