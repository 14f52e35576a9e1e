package dev.sluice.processor.rebuild;

import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.store.StoreIndexes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Fills a generation of the projection from the log while another one is live, and then makes it the live one. It goes as far as the live one
 * is and never beyond, so that of everything in it it was told already what became of it. Whatever ends it half-way, the live generation is
 * as it was, and the next rebuild goes on from there.
 */
final class Rebuild {

    private static final long SMALL_DISTANCE = 1000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final RebuildClaim claim;
    private final LogReplay replay;
    private final StoreDurability durability;
    private final RebuildListener listener;
    private final MongoProgress live;

    Rebuild(RebuildClaim claim, LogReplay replay, StoreDurability durability, RebuildListener listener) {
        this.claim = claim;
        this.replay = replay;
        this.durability = durability;
        this.listener = listener;
        this.live = new MongoProgress(claim.from());
    }

    /**
     * Fills it and makes it the live one.
     *
     * @return how many records it read
     */
    long run(boolean fromLogBegin) {
        Map<Integer, Long> begins = replay.begins();
        checkBegins(begins, fromLogBegin);
        checkEnds();
        // Before there is anything in it: then no step takes long, and what is filled half-way can be gone on with.
        new StoreIndexes(claim.into()).ensure();
        replay.goTo(begins);
        Map<Integer, Long> start = replay.positions();
        Map<Integer, Long> goal = reached();
        for (boolean isClose = false; !isClose; goal = reached()) {
            isClose = sum(distances(replay.positions(), goal)) <= SMALL_DISTANCE;
            fillUpTo(goal, begins);
        }
        claim.check();
        claim.goLive();
        durability.flush();
        return sum(distances(start, replay.positions()));
    }

    /** Goes on as long as others may still process into the one that was live, because they have not heard yet. */
    void follow(Duration grace) throws InterruptedException {
        long end = System.nanoTime() + grace.toNanos();
        replay.upTo(reached(), () -> {});
        while (System.nanoTime() - end < 0) {
            Thread.sleep(LOOK_EVERY);
            replay.upTo(reached(), () -> {});
        }
    }

    private void fillUpTo(Map<Integer, Long> goal, Map<Integer, Long> begins) {
        Runnable report = () -> {
            claim.check();
            listener.filled(sum(distances(begins, replay.positions())), sum(distances(begins, goal)));
        };
        replay.upTo(goal, report);
        report.run();
    }

    private Map<Integer, Long> reached() {
        return live.next(replay.partitions());
    }

    private void checkBegins(Map<Integer, Long> begins, boolean fromLogBegin) {
        Map<Integer, Long> filled = new MongoProgress(claim.into()).next(replay.partitions());
        begins.forEach((partition, begin) -> {
            if (!fromLogBegin && begin > filled.getOrDefault(partition, 0L)) {
                throw new RebuildRefusedException(
                        "the log no longer holds its beginning (partition " + partition
                                + " begins at offset " + replay.offset(begin)
                                + "): what was before that would be gone from the projection; --from-log-begin does it all the same");
            }
        });
    }

    private void checkEnds() {
        Map<Integer, Long> ends = replay.ends();
        reached().forEach((partition, next) -> {
            if (next > ends.getOrDefault(partition, 0L)) {
                throw new RebuildRefusedException(
                        "the log is not the one that the store was filled from: partition "
                                + partition + " ends at offset " + replay.offset(ends.getOrDefault(partition, 0L))
                                + ", but the store has reached " + replay.offset(next)
                                + ". If it is the right log, and only progress is wrong, put progress back (see docs/operations.md)");
            }
        });
    }

    private static Map<Integer, Long> distances(Map<Integer, Long> from, Map<Integer, Long> to) {
        Map<Integer, Long> distances = new HashMap<>();
        to.forEach((partition, offset) ->
                distances.put(partition, Math.max(0, offset - from.getOrDefault(partition, 0L))));
        return distances;
    }

    private static long sum(Map<Integer, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
