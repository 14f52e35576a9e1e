package dev.sluice.processor.progress;

import java.util.Collection;

/**
 * How far this very process is with the partitions that it has, for those who wait for it without asking the store over and over. What
 * another process does shows in the store only. Thread-safe.
 */
public final class OwnProgress {

    private final ReachedPositions stored = new ReachedPositions();
    private final ReachedPositions passed = new ReachedPositions();

    /** Up to where submissions are in the store, each with what became of it. */
    public ReachedPositions stored() {
        return stored;
    }

    /** Up to where all that follows from them is there too. */
    public ReachedPositions passed() {
        return passed;
    }

    /** From now on nobody else goes on with them. */
    public void assigned(Collection<Integer> partitions) {
        stored.assigned(partitions);
        passed.assigned(partitions);
    }

    /** From now on another process may. */
    public void revoked(Collection<Integer> partitions) {
        stored.revoked(partitions);
        passed.revoked(partitions);
    }
}
