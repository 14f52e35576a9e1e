package dev.sluice.processor;

import dev.sluice.processor.rebuild.RebuildListener;
import java.util.ArrayList;
import java.util.List;

/** Records the events of a rebuild. Can stop it where a kill would, but in an orderly way. */
final class HeardRebuild implements RebuildListener {

    final List<String> lines = new ArrayList<>();
    boolean stopOnceFilled;
    Runnable onceFilled = () -> {};

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
    }

    @Override
    public void isLive(int generation) {
        lines.add("live " + generation);
    }

    @Override
    public void dropped(int generation) {
        lines.add("dropped " + generation);
    }
}
