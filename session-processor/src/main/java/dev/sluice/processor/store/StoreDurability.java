package dev.sluice.processor.store;

/**
 * Makes acknowledged writes survive a crash of the store's process. Called after everything derived from a chunk is acknowledged, and before
 * outcomes are published and progress moves. MongoDB's journaled majority writes need nothing more.
 */
@FunctionalInterface
public interface StoreDurability {

    /** For a store that acknowledges only durable writes. */
    StoreDurability BY_ACKNOWLEDGEMENT = () -> {};

    /** Returns once everything acknowledged so far is on disk, or throws. */
    void flush();
}
