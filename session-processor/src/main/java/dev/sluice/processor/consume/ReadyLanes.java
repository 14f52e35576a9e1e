package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The lanes that have something for a turn, in the order in which they came to. Those that have few go first, together, by turns with
 * whichever has waited for longest: so few wait for one turn at most, whoever floods, and no flood waits for ever.
 */
final class ReadyLanes {

    private static final long MOST_TURN_BYTES = 4 * 1024 * 1024;

    // Since when, in nanoseconds.
    private final Map<Lane, Long> ready = new LinkedHashMap<>();
    private boolean isTurnOfFew;

    /** Returns whether it was not there yet. */
    boolean add(Lane lane, long now) {
        return ready.putIfAbsent(lane, now) == null;
    }

    void remove(Lane lane) {
        ready.remove(lane);
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** Whether a turn of so many records is as good as it gets. */
    boolean haveEnough(int wanted) {
        int few = 0;
        for (Lane lane : ready.keySet()) {
            if (!hasFew(lane, wanted)) {
                return true;
            }
            few += lane.waitingRecords();
        }
        return few >= wanted;
    }

    /** Since when the first one has been there, in nanoseconds; there must be a lane. */
    long since() {
        return ready.values().iterator().next();
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
        return lane.begin(wanted, MOST_TURN_BYTES);
    }
}
