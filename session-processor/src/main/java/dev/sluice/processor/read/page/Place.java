package dev.sluice.processor.read.page;

/**
 * Where in a list a page is.
 *
 * @param <K> the type of the list's keys
 */
public sealed interface Place<K> {

    /** At the list's beginning. */
    record First<K>() implements Place<K> {}

    /** After so many from the list's beginning, as its number says: it holds only if every page is full, the last one aside. */
    record Numbered<K>(int skip) implements Place<K> {}

    /** The nearest ones beyond a key. */
    record Beyond<K>(K key, Direction direction) implements Place<K> {}
}
