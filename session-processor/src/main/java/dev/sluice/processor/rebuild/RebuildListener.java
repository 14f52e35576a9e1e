package dev.sluice.processor.rebuild;

/** Hears how a rebuild gets on. */
public interface RebuildListener {

    /**
     * It fills a generation.
     *
     * @param from the live one
     * @param into the one that is filled
     * @param resumed whether an earlier rebuild left it unfinished
     */
    void begins(int from, int into, boolean resumed);

    /** So many of the log's records are in it; {@code all} grows as the live generation does. */
    void filled(long records, long all);

    /** It is live now. */
    void isLive(int generation);

    /** A generation that was live once is gone. */
    void dropped(int generation);
}
