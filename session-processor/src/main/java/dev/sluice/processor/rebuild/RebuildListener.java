package dev.sluice.processor.rebuild;

/** Hears how a rebuild gets on, as far as it wants to know. */
public interface RebuildListener {

    /** Wants to know nothing. */
    RebuildListener NONE = new RebuildListener() {};

    /**
     * It fills a generation.
     *
     * @param from the live one
     * @param into the one that is filled
     * @param resumed whether an earlier rebuild left it unfinished
     */
    default void begins(int from, int into, boolean resumed) {}

    /** So many of the log's records are in it; {@code all} grows as the live generation does. */
    default void filled(long records, long all) {}

    /** It is live now. */
    default void isLive(int generation) {}

    /** A generation that was live once is gone. */
    default void dropped(int generation) {}
}
