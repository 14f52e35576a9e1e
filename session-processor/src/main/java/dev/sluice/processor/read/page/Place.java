package dev.sluice.processor.read.page;

/**
 * The place of a page in a list.
 *
 * @param <K> the type of the list's keys
 */
public sealed interface Place<K> {

    /** At the list's beginning. */
    record First<K>() implements Place<K> {}

    /** After {@code skip} items from the list's beginning. Correct only if every page but the last is full. */
    record Numbered<K>(int skip) implements Place<K> {}

    /** The nearest items beyond a key. */
    record Beyond<K>(K key, Direction direction) implements Place<K> {}
}
