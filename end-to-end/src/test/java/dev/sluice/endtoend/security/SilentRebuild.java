package dev.sluice.endtoend.security;

import dev.sluice.processor.rebuild.RebuildListener;

/** For a rebuild of which only the end counts. */
final class SilentRebuild implements RebuildListener {

    @Override
    public void begins(int from, int into, boolean resumed) {}

    @Override
    public void filled(long records, long all) {}

    @Override
    public void isLive(int generation) {}

    @Override
    public void dropped(int generation) {}
}
