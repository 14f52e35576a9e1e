package dev.sluice.processor.audit;

import org.h2.mvstore.MVMap;

/** The ranges of positions in the log that have no record. */
record EmptyPositions(MVMap<Long, Long> ends) {

    // Beyond every position that an id can have.
    private static final int POSITION_BITS = 55;

    /** Adds the positions from {@code from}, inclusive, to {@code to}, exclusive. */
    void add(int partition, long from, long to) {
        ends.put(key(partition, from), key(partition, to));
    }

    boolean contains(int partition, long position) {
        long key = key(partition, position);
        Long from = ends.floorKey(key);
        Long to = from == null ? null : ends.get(from);
        return to != null && key < to;
    }

    private static long key(int partition, long position) {
        return ((long) partition << POSITION_BITS) | position;
    }
}
