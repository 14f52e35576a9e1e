package dev.sluice.processor.rebuild;

/** Receives the progress of a rebuild. */
public interface RebuildListener {

    RebuildListener NONE = new RebuildListener() {};

    /**
     * The rebuild begins to fill a generation.
     *
     * @param from the live generation
     * @param into the generation that is filled
     * @param resumed whether an earlier rebuild left it unfinished
     */
    default void begins(int from, int into, boolean resumed) {}

    /** {@code records} of {@code all} records are filled in; {@code all} grows with the live generation. */
    default void filled(long records, long all) {}

    /** The live generation is {@code records} records ahead, and was no further ahead before: they arrive as fast as the rebuild takes them. */
    default void isNoCloser(long records) {}

    /** The generation is live now. */
    default void isLive(int generation) {}

    /** The generation rejects what processors have stored in the one before while it became live, as {@code found} describes. */
    default void rejectsMore(String found) {}

    /** The generation that was live before, or a retired one, could not be dropped. A later rebuild drops it. */
    default void oldIsLeft(RuntimeException why) {}

    default void dropped(int generation) {}
}
