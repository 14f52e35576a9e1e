package dev.sluice.processor.read.page;

/**
 * A list in the order of its items' keys, no two of which are the same. Fetching costs what is fetched and passed over, wherever it is.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the items
 */
public interface OrderedList<K, T> {

    /** The first items of a range: at most {@code limit}, and of bounded size together, but one at least if there is any. */
    Run<T> fetch(Range<K> range, int limit);

    /** Whether a range holds anything. */
    boolean hasAny(Range<K> range);

    /** An item's key. */
    K key(T item);
}
