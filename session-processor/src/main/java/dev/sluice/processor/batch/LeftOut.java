package dev.sluice.processor.batch;

import java.util.HashMap;
import java.util.Map;

/** For each stopped partition, the first offset of a batch that must wait; every later one waits too, even if the partition resumes meanwhile. */
final class LeftOut {

    private final Map<Integer, Long> from = new HashMap<>();

    boolean includes(int partition, long offset) {
        return offset >= from.getOrDefault(partition, Long.MAX_VALUE);
    }

    void addFrom(int partition, long offset) {
        from.merge(partition, offset, Math::min);
    }

    /** By partition, the first offset. */
    Map<Integer, Long> byPartition() {
        return Map.copyOf(from);
    }
}
