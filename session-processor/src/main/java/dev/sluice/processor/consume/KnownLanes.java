package dev.sluice.processor.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of all partitions that have been assigned, and which of them the polling thread should open or pause. Memory is bounded: a lane is
 * full when it holds more than all lanes together leave free. Guarded by the lock of {@link Lanes}.
 */
final class KnownLanes {

    private static final long MOST_BYTES = 16 * 1024 * 1024;

    private final IntToLongFunction stopsAt;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();

    KnownLanes(IntToLongFunction stopsAt) {
        this.stopsAt = stopsAt;
    }

    void add(Lane lane) {
        lanes.put(lane.partition(), lane);
    }

    @Nullable
    Lane get(TopicPartition partition) {
        return lanes.get(partition);
    }

    Collection<Lane> all() {
        return lanes.values();
    }

    Set<TopicPartition> toOpen(Collection<TopicPartition> assigned) {
        return those(assigned, lane -> lane.canOpen() && !isAtStop(lane));
    }

    Set<TopicPartition> untroubled(Collection<TopicPartition> assigned) {
        return those(assigned, lane -> !lane.isInTrouble());
    }

    Set<TopicPartition> idleInTrouble(Collection<TopicPartition> assigned) {
        return those(assigned, lane -> lane.isInTrouble() && lane.isOpen() && lane.isIdle());
    }

    Set<TopicPartition> toPause(Collection<TopicPartition> assigned) {
        long free = MOST_BYTES - heldBytes();
        return those(assigned, lane -> !lane.isOpen() || isAtStop(lane) || lane.bytes() > free);
    }

    boolean isStopped(Lane lane, long offset) {
        return offset >= stopsAt.applyAsLong(lane.partition().partition());
    }

    private boolean isAtStop(Lane lane) {
        return isStopped(lane, lane.next());
    }

    private Set<TopicPartition> those(Collection<TopicPartition> assigned, Predicate<Lane> condition) {
        Set<TopicPartition> those = new HashSet<>();
        for (TopicPartition partition : assigned) {
            Lane lane = lanes.get(partition);
            if (lane != null && condition.test(lane)) {
                those.add(partition);
            }
        }
        return those;
    }

    private long heldBytes() {
        return lanes.values().stream().mapToLong(Lane::bytes).sum();
    }
}
