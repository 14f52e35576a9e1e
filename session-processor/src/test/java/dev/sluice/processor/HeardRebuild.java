package dev.sluice.processor;

import dev.sluice.processor.rebuild.RebuildListener;
import java.util.ArrayList;
import java.util.List;

/** Records the events of a rebuild. Can stop it where a kill would, but in an orderly way. */
final class HeardRebuild implements RebuildListener {

    final List<String> lines = new ArrayList<>();
    boolean stopOnceFilled;
    Runnable onceFilled = () -> {};
    Runnable onceCaughtUp = () -> {};
    Runnable onceLive = () -> {};
    private long caughtUpAt = -1;

    @Override
    public void begins(int from, int into, boolean resumed) {
        lines.add("begins " + from + " to " + into + " " + resumed);
    }

    @Override
    public void filled(long records, long all) {
        if (stopOnceFilled && records > 0) {
            onceFilled.run();
            throw new IllegalStateException("stopped");
        }
        if (records == all && all != caughtUpAt) {
            caughtUpAt = all;
            onceCaughtUp.run();
        }
    }

    @Override
    public void isLive(int generation) {
        lines.add("live " + generation);
        onceLive.run();
    }

    @Override
    public void rejectsMore(String found) {
        lines.add("rejects more: " + found);
    }

    @Override
    public void oldIsLeft(RuntimeException why) {
        lines.add("old is left");
    }

    @Override
    public void dropped(int generation) {
        lines.add("dropped " + generation);
    }
}
