package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The lanes that are in a turn, and those ready for one, oldest first. Turns alternate between the lanes with few records, which share a turn,
 * and the lane that has waited longest: so few records wait for at most one turn during a flood, and no flood is starved. Guarded by the lock
 * of {@link Lanes}.
 */
final class Turns {

    private static final long MOST_TURN_BYTES = 4 * 1024 * 1024;
    // Round trips dominate the cost of a turn with few records. While other turns run, a small one waits this long
    // for more records.
    private static final Duration GATHERED_WITHIN = Duration.ofMillis(4);

    private final long mostBytes;
    private final LongSupplier nanoTime;
    // By lane, when it became ready, in nanoseconds.
    private final Map<Lane, Long> ready = new LinkedHashMap<>();
    private final Set<Lane> running = new HashSet<>();
    private boolean isTurnOfFew;

    Turns(long mostBytes, LongSupplier nanoTime) {
        this.mostBytes = mostBytes;
        this.nanoTime = nanoTime;
    }

    /** Returns whether the lane was not ready before. */
    boolean add(Lane lane) {
        return ready.putIfAbsent(lane, nanoTime.getAsLong()) == null;
    }

    void remove(Lane lane) {
        ready.remove(lane);
    }

    /** How many nanoseconds to wait before a turn of up to {@code wanted} records may begin; {@link Long#MAX_VALUE} until something changes. */
    long rest(int wanted) {
        if (ready.isEmpty() || !isRoom()) {
            return Long.MAX_VALUE;
        }
        if (running.isEmpty() || haveEnough(wanted)) {
            return 0;
        }
        long since = ready.values().iterator().next();
        return GATHERED_WITHIN.toNanos() - (nanoTime.getAsLong() - since);
    }

    private boolean isRoom() {
        return running.isEmpty() || running.stream().mapToLong(Lane::turnBytes).sum() < mostBytes;
    }

    /** Whether waiting would not improve a turn of {@code wanted} records. */
    private boolean haveEnough(int wanted) {
        int few = 0;
        for (Lane lane : ready.keySet()) {
            if (!hasFew(lane, wanted)) {
                return true;
            }
            few += lane.waitingRecords();
        }
        return few >= wanted;
    }

    /** Begins a turn of at most {@code wanted} records. At least one lane must be ready. */
    Turn next(int wanted) {
        Lane first = ready.keySet().iterator().next();
        if (isTurnOfFew) {
            first = ready.keySet().stream()
                    .filter(lane -> hasFew(lane, wanted))
                    .findFirst()
                    .orElse(first);
        }
        isTurnOfFew = !hasFew(first, wanted);
        Generation generation = first.generation();
        return new Turn(generation, isTurnOfFew ? List.of(begin(first, wanted)) : beginFew(generation, wanted));
    }

    private List<Turn.Part> beginFew(Generation generation, int wanted) {
        List<Turn.Part> parts = new ArrayList<>();
        int left = wanted;
        for (Lane lane : List.copyOf(ready.keySet())) {
            if (hasFew(lane, wanted) && lane.waitingRecords() <= left && generation.equals(lane.generation())) {
                left -= lane.waitingRecords();
                parts.add(begin(lane, wanted));
            }
        }
        return parts;
    }

    /** Whether a lane shares its turn. One that has failed does not, since it could fail the others too. */
    private static boolean hasFew(Lane lane, int wanted) {
        return lane.waitingRecords() <= wanted / 2 && lane.waitingBytes() <= MOST_TURN_BYTES / 2 && !lane.isInTrouble();
    }

    private Turn.Part begin(Lane lane, int wanted) {
        ready.remove(lane);
        running.add(lane);
        return lane.begin(wanted, MOST_TURN_BYTES);
    }

    /** Returns the parts whose lanes were not closed during the turn. */
    List<Turn.Part> end(Turn turn) {
        List<Turn.Part> own = new ArrayList<>();
        for (Turn.Part part : turn.parts()) {
            running.remove(part.lane());
            if (part.lane().end(part)) {
                own.add(part);
            }
        }
        return own;
    }
}
