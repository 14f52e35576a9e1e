package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which lanes are in a turn, and which have something for one, in the order in which they came to. Those that have few go first, together, by
 * turns with whichever has waited for longest: so few wait for one turn at most, whoever floods, and no flood waits for ever. Guarded by the
 * lock of the {@link Lanes}.
 */
final class Turns {

    private static final long MOST_TURN_BYTES = 4 * 1024 * 1024;
    // Round trips are most of what a turn of few records costs. What comes while others are processed may wait so long
    // for more.
    private static final Duration GATHERED_WITHIN = Duration.ofMillis(4);

    private final long mostBytes;
    private final LongSupplier nanoTime;
    // Since when, in nanoseconds.
    private final Map<Lane, Long> ready = new LinkedHashMap<>();
    private final Set<Lane> running = new HashSet<>();
    private boolean isTurnOfFew;

    /**
     * None is begun yet.
     *
     * @param mostBytes while records of so many bytes are in turns no other turn begins
     * @param nanoTime as {@link System#nanoTime()}
     */
    Turns(long mostBytes, LongSupplier nanoTime) {
        this.mostBytes = mostBytes;
        this.nanoTime = nanoTime;
    }

    /** Returns whether it was not there yet. */
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

    /** Whether a turn of so many records is as good as it gets. */
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

    /** Begins a turn of at most so many records; there must be a lane. */
    Turn next(int wanted) {
        Lane first = ready.keySet().iterator().next();
        if (isTurnOfFew) {
            first = ready.keySet().stream()
                    .filter(lane -> hasFew(lane, wanted))
                    .findFirst()
                    .orElse(first);
        }
        isTurnOfFew = !hasFew(first, wanted);
        Generation generation = Objects.requireNonNull(first.generation());
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

    /** Whether it shares its turn. One that is in trouble would take the others with it. */
    private static boolean hasFew(Lane lane, int wanted) {
        return lane.waitingRecords() <= wanted / 2 && lane.waitingBytes() <= MOST_TURN_BYTES / 2 && !lane.isInTrouble();
    }

    private Turn.Part begin(Lane lane, int wanted) {
        ready.remove(lane);
        running.add(lane);
        return lane.begin(wanted, MOST_TURN_BYTES);
    }

    /** Returns those parts whose lanes were not closed meanwhile. */
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
