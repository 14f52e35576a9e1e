package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The lanes that have something for a turn, in the order in which they came to. Those that have few go first, together, by turns with
 * whichever has waited for longest: so few wait for one turn at most, whoever floods, and no flood waits for ever.
 */
final class ReadyLanes {

    private static final long MOST_TURN_BYTES = 4 * 1024 * 1024;

    private final Set<Lane> ready = new LinkedHashSet<>();
    private boolean isTurnOfFew;

    /** Returns whether it was not there yet. */
    boolean add(Lane lane) {
        return ready.add(lane);
    }

    void remove(Lane lane) {
        ready.remove(lane);
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** Begins a turn of at most so many records; there must be a lane. */
    Turn next(int wanted) {
        Lane first = ready.iterator().next();
        if (isTurnOfFew) {
            first = ready.stream()
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
        for (Lane lane : List.copyOf(ready)) {
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
