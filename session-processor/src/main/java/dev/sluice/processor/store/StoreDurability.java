package dev.sluice.processor.store;

/**
 * Makes what the store has acknowledged survive a crash of its process. Called after everything that follows from a chunk of the log is
 * acknowledged, and before anything is said about it or progress is recorded. MongoDB's journaled majority writes need nothing more.
 */
@FunctionalInterface
public interface StoreDurability {

    /** For a store whose acknowledgement says it all. */
    StoreDurability BY_ACKNOWLEDGEMENT = () -> {};

    /** Returns once everything acknowledged so far is on disk, or throws. */
    void flush();
}
