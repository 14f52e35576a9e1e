package dev.sluice.processor.progress;

import dev.sluice.processor.generation.Generation;
import java.util.Collection;

/**
 * How far this process is with the partitions that it owns, so that readers can wait for it without polling the store. The progress of other
 * processes is only visible in the store. Thread-safe.
 */
public final class OwnProgress {

    private final ReachedPositions stored = new ReachedPositions();
    private final ReachedPositions passed = new ReachedPositions();

    /** The positions up to which submissions are stored with their outcomes. */
    public ReachedPositions stored() {
        return stored;
    }

    /** The positions up to which everything derived from submissions is stored too. */
    public ReachedPositions passed() {
        return passed;
    }

    public void enter(Generation live) {
        stored.enter(live);
        passed.enter(live);
    }

    public void assigned(Collection<Integer> partitions) {
        stored.assigned(partitions);
        passed.assigned(partitions);
    }

    public void revoked(Collection<Integer> partitions) {
        stored.revoked(partitions);
        passed.revoked(partitions);
    }
}
