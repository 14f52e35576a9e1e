package dev.sluice.processor.read.page;

/**
 * A list ordered by its items' unique keys. Fetching costs as much as the items fetched and skipped, at any depth.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the items
 */
public interface OrderedList<K, T> {

    /** The first items of a range: at most {@code limit} and of bounded total size, but at least one if there is any. */
    Run<T> fetch(Range<K> range, int limit);

    /** Whether a range has any items. */
    boolean hasAny(Range<K> range);

    /** An item's key. */
    K key(T item);
}
