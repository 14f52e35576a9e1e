package dev.sluice.processor.consume;

import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The lanes that are in a turn, and those ready for one, oldest first. Turns alternate between the lanes with few records, which share a turn,
 * and the lane that has waited longest: so few records wait for at most one turn during a flood, and no flood is starved. Lanes whose turns take
 * long, however few records they are, do not get all threads. Guarded by the lock of {@link Lanes}.
 */
final class Turns {

    private static final long MOST_TURN_BYTES = 4 * 1024 * 1024;
    // Round trips dominate the cost of a turn with few records. While other turns run, a small one waits this long
    // for more records.
    private static final Duration GATHERED_WITHIN = Duration.ofMillis(4);

    private final long mostBytes;
    private final int mostSlow;
    private final LongSupplier nanoTime;
    // By lane, when it became ready, in nanoseconds.
    private final Map<Lane, Long> ready = new LinkedHashMap<>();
    // By lane, when it had become ready.
    private final Map<Lane, Long> running = new HashMap<>();
    private boolean isTurnOfFew;

    /**
     * Starts without any turns.
     *
     * @param mostBytes no further turn begins while the turns hold this many bytes
     * @param mostSlow no further turn of a slow lane begins while this many are running
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    Turns(long mostBytes, int mostSlow, LongSupplier nanoTime) {
        this.mostBytes = mostBytes;
        this.mostSlow = mostSlow;
        this.nanoTime = nanoTime;
    }

    /** Returns whether the lane was not ready before. */
    boolean add(Lane lane) {
        return ready.putIfAbsent(lane, nanoTime.getAsLong()) == null;
    }

    /** Puts back a lane of which a turn has taken nothing, where it was among those that wait. */
    private void addBack(Lane lane, long since) {
        List<Map.Entry<Lane, Long>> all = new ArrayList<>();
        ready.forEach((other, when) -> all.add(Map.entry(other, when)));
        all.add(Map.entry(lane, since));
        long now = nanoTime.getAsLong();
        all.sort(Comparator.comparingLong(entry -> entry.getValue() - now));
        ready.clear();
        all.forEach(entry -> ready.put(entry.getKey(), entry.getValue()));
    }

    void remove(Lane lane) {
        ready.remove(lane);
    }

    /** How many nanoseconds to wait before a turn of up to {@code wanted} records may begin; {@link Long#MAX_VALUE} until something changes. */
    long rest(int wanted) {
        Optional<Lane> first = first(wanted);
        if (first.isEmpty() || !isRoom()) {
            return Long.MAX_VALUE;
        }
        if (running.isEmpty() || haveEnough(wanted)) {
            return 0;
        }
        long since = Objects.requireNonNull(ready.get(first.get()));
        return GATHERED_WITHIN.toNanos() - (nanoTime.getAsLong() - since);
    }

    /** The lane that has waited longest of those that may begin a turn. */
    private Optional<Lane> first(int wanted) {
        return ready.keySet().stream().filter(lane -> mayBegin(lane, wanted)).findFirst();
    }

    private boolean mayBegin(Lane lane, int wanted) {
        return !lane.isSlow()
                || hasFew(lane, wanted)
                || running.keySet().stream().filter(Lane::isSlow).count() < mostSlow;
    }

    private boolean isRoom() {
        return running.isEmpty()
                || running.keySet().stream().mapToLong(Lane::turnBytes).sum() < mostBytes;
    }

    /** Whether waiting would not improve a turn of {@code wanted} records. */
    private boolean haveEnough(int wanted) {
        int few = 0;
        for (Lane lane : ready.keySet()) {
            if (!hasFew(lane, wanted)) {
                if (mayBegin(lane, wanted)) {
                    return true;
                }
                continue;
            }
            few += lane.waitingRecords();
        }
        return few >= wanted;
    }

    /** Begins a turn of at most {@code wanted} records. At least one lane must be ready that may begin. */
    Turn next(int wanted) {
        Lane first = first(wanted).orElseThrow();
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
        // If not all can be stored at once, the most lanes get theirs, and the one that has waited longest in any case.
        parts.subList(1, parts.size())
                .sort(Comparator.comparingLong(part -> part.lane().turnBytes()));
        return parts;
    }

    /** Whether a lane shares its turn. One that has failed does not, since it could fail the others too. */
    private static boolean hasFew(Lane lane, int wanted) {
        return lane.hasFew(wanted / 2) && !lane.isInTrouble();
    }

    private Turn.Part begin(Lane lane, int wanted) {
        running.put(lane, Objects.requireNonNull(ready.remove(lane)));
        return lane.begin(wanted, MOST_TURN_BYTES);
    }

    /** Ends a lane's part in a turn; returns whether the lane stayed open during it. */
    boolean end(Turn.Part part) {
        running.remove(part.lane());
        return part.lane().end(part);
    }

    /** Like {@link #end}, of a part that the turn has not come to: the lane waits again, for as long as it has already. */
    boolean endUntouched(Turn.Part part) {
        long since = Objects.requireNonNull(running.get(part.lane()));
        boolean isOpen = end(part);
        if (isOpen) {
            part.lane().takeBack(part.records());
            addBack(part.lane(), since);
        }
        return isOpen;
    }
}
