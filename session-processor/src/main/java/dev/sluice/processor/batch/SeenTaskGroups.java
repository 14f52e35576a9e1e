package dev.sluice.processor.batch;

import dev.sluice.processor.task.TaskGroup;
import java.util.BitSet;

/**
 * How many groups of tasks some notes are about, approximately: never more than there are, and a tenth less for 4,000. Cheap, because every
 * note is looked at. Not thread-safe.
 */
final class SeenTaskGroups {

    private static final int SLOT_BITS = 14;
    // 2^32 divided by the golden ratio, so that similar hashes are far apart.
    private static final int SPREAD = 0x9E3779B9;

    private final BitSet slots = new BitSet(1 << SLOT_BITS);
    private int count;

    void add(long project, String task) {
        int slot = (TaskGroup.hash(project, task) * SPREAD) >>> (Integer.SIZE - SLOT_BITS);
        if (!slots.get(slot)) {
            slots.set(slot);
            count++;
        }
    }

    int count() {
        return count;
    }

    void clear() {
        slots.clear();
        count = 0;
    }
}
