package dev.sluice.processor.store;

/**
 * Makes what the store has acknowledged survive a crash of its process. Called after the bulk insert is acknowledged and before anything
 * is said or recorded about it. MongoDB's journaled majority writes need nothing more.
 */
@FunctionalInterface
public interface StoreDurability {

    /** For a store whose acknowledgement says it all. */
    StoreDurability BY_ACKNOWLEDGEMENT = () -> {};

    /** Returns once everything acknowledged so far is on disk, or throws. */
    void flush();
}
