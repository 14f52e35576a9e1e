package dev.sluice.processor.rebuild;

import dev.sluice.contract.id.IdBase;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingListener;
import dev.sluice.processor.log.LogRangeReader;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.store.AnotherRecordStoredException;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.store.StoreIndexes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.jspecify.annotations.Nullable;

/**
 * Fills a generation of the projection from the log while another one is live, then makes it live. It never goes beyond the live generation, so
 * that all outcomes in it have been published already. If it is interrupted, the live generation is unchanged and the next rebuild continues.
 */
final class GenerationFill {

    private static final long SMALL_DISTANCE = 1000;
    // What arrives during the last round may be missing from lists for as long after the switch.
    private static final Duration SHORT_ROUND = Duration.ofSeconds(5);
    private static final String GIVEN_UP =
            "the log is no longer what was filled from it so far: that is dropped; run the rebuild again, and it begins anew";
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final RebuildClaim claim;
    private final LogRangeReader log;
    private final IdBase ids;
    private final BatchProcessing processing;
    private final StoreDurability durability;
    private final RebuildListener listener;
    private final MongoProgress live;
    private final MongoProgress filled;
    private final Set<Integer> partitions;
    // For each partition, the position to read next.
    private final Map<Integer, Long> next = new HashMap<>();

    GenerationFill(
            RebuildClaim claim,
            LogRangeReader log,
            IdBase ids,
            BatchProcessing processing,
            StoreDurability durability,
            RebuildListener listener) {
        this.claim = claim;
        this.log = log;
        this.ids = ids;
        this.processing = processing;
        this.durability = durability;
        this.listener = listener;
        this.live = new MongoProgress(claim.from());
        this.filled = new MongoProgress(claim.into());
        this.partitions = IntStream.range(0, log.partitions()).boxed().collect(Collectors.toSet());
    }

    /**
     * Fills the generation until it is about as far as the live one.
     *
     * @return how many positions of the log it went through
     */
    long run(boolean fromLogBegin) {
        Map<Integer, Long> begins = log.begins();
        checkBegins(begins, fromLogBegin);
        checkEnds(begins);
        // Created while the collections are empty, so that it takes no time and a half-filled
        // generation can be continued.
        new StoreIndexes(claim.into()).ensure();
        goOn(begins);
        Map<Integer, Long> start = Map.copyOf(next);
        try {
            catchUp(begins);
        } catch (LogTruncationException | AnotherRecordStoredException e) {
            throw giveUp(e);
        }
        return distance(start, next);
    }

    void goLive() {
        claim.goLive();
        durability.flush();
    }

    /** Keeps following while processors may still write to the former live generation because they have not noticed the switch. */
    void follow(Duration grace) throws InterruptedException {
        long end = System.nanoTime() + grace.toNanos();
        fillUpTo(reached(), () -> {});
        while (System.nanoTime() - end < 0) {
            Thread.sleep(LOOK_EVERY);
            fillUpTo(reached(), () -> {});
        }
    }

    /** Fills round by round, each up to where the live generation is when it begins, until that is near or, in short rounds, gets no nearer. */
    private void catchUp(Map<Integer, Long> begins) {
        long before = Long.MAX_VALUE;
        boolean wasShort = false;
        boolean isLast;
        do {
            Map<Integer, Long> goal = reached();
            long distance = distance(next, goal);
            boolean isNoCloser = distance >= before;
            isLast = distance <= SMALL_DISTANCE || (wasShort && isNoCloser);
            if (isNoCloser && !isLast) {
                listener.isNoCloser(distance);
            }
            long begun = System.nanoTime();
            fillUpTo(goal, () -> report(goal, begins));
            report(goal, begins);
            wasShort = System.nanoTime() - begun < SHORT_ROUND.toNanos();
            before = distance;
        } while (!isLast);
    }

    /** Continues where the generation is, or else where the log begins. */
    private void goOn(Map<Integer, Long> begins) {
        Map<Integer, PartitionProgress> reached = filled.goOn(begins.keySet());
        begins.forEach((partition, begin) -> {
            PartitionProgress progress = reached.get(partition);
            if (progress == null || progress.next() < begin) {
                // Otherwise a processor would take what the log lost meanwhile for never processed.
                filled.beginAt(partition, begin, progress);
            }
            next.put(partition, progress == null ? begin : Math.max(begin, progress.next()));
        });
    }

    private void report(Map<Integer, Long> goal, Map<Integer, Long> begins) {
        claim.check();
        listener.filled(distance(begins, next), distance(begins, goal));
    }

    /** Processes the records up to each partition's goal, exclusive, into the generation. */
    private void fillUpTo(Map<Integer, Long> goal, Runnable afterEach) {
        // After the goal was read: what was set aside before it is known then.
        processing.refreshFaults();
        Map<Integer, PartitionProgress> reached = filled.read(goal.keySet());
        Map<Integer, LogRangeReader.LogRange> ranges = new HashMap<>();
        goal.forEach((partition, end) -> {
            long from = next.getOrDefault(partition, end);
            Optional<Integer> epoch =
                    Optional.ofNullable(reached.get(partition)).flatMap(progress -> progress.epochAt(from));
            ranges.put(partition, new LogRangeReader.LogRange(from, end, epoch));
        });
        log.read(ranges, (partition, from, to) -> next.put(partition, to), records -> {
            // All outcomes up to the live generation's progress have been published already.
            processing.process(records, claim.into(), ProcessingListener.NONE);
            records.forEach(record -> next.put(record.partition(), ids.position(record.offset()) + 1));
            afterEach.run();
        });
    }

    private Map<Integer, Long> reached() {
        return live.next(partitions);
    }

    private void checkBegins(Map<Integer, Long> begins, boolean fromLogBegin) {
        Map<Integer, Long> reached = filled.next(partitions);
        begins.forEach((partition, begin) -> {
            if (!fromLogBegin && begin > reached.getOrDefault(partition, 0L)) {
                throw new RebuildRefusedException(
                        "the log no longer holds its beginning (partition " + partition
                                + " begins at offset " + ids.offset(begin)
                                + "): what was before that would be gone from the projection; --from-log-begin does it all the same");
            }
        });
    }

    private void checkEnds(Map<Integer, Long> begins) {
        // Read before the log's ends: otherwise progress that goes on could appear to be beyond them. That of a rebuild
        // that was taken over may go on by a batch.
        Map<Integer, Long> reached = reached();
        Map<Integer, PartitionProgress> known = filled.read(partitions);
        Map<Integer, Long> ends = log.ends();
        reached.forEach((partition, next) -> {
            if (next > ends.getOrDefault(partition, 0L)) {
                throw new RebuildRefusedException(
                        "the log is not the one that the store was filled from: partition "
                                + partition + " ends at offset " + ids.offset(ends.getOrDefault(partition, 0L))
                                + ", but the store has reached " + ids.offset(next)
                                + ". If it is the right log, and only progress is wrong, put progress back (see docs/recovery.md)");
            }
        });
        checkFilled(known, begins, ends);
    }

    /** Checks the last record of each partition that an interrupted rebuild has filled, because there may be nothing after it left to read. */
    private void checkFilled(
            Map<Integer, PartitionProgress> known, Map<Integer, Long> begins, Map<Integer, Long> ends) {
        Map<Integer, LogRangeReader.LogRange> lasts = new HashMap<>();
        Map<Integer, Integer> epochs = new HashMap<>();
        known.forEach((partition, progress) -> {
            boolean isOfFormerLog = progress.began() < ids.firstPosition();
            if (isOfFormerLog || progress.next() > ends.getOrDefault(partition, 0L)) {
                throw giveUp(null);
            }
            if (progress.leaderEpoch().isPresent() && progress.next() > begins.getOrDefault(partition, 0L)) {
                lasts.put(partition, new LogRangeReader.LogRange(progress.next() - 1, progress.next()));
                epochs.put(partition, progress.leaderEpoch().get());
            }
        });
        log.read(
                lasts,
                // The last record before progress is always there, unless the log has another end by now.
                (partition, from, to) -> {
                    throw giveUp(null);
                },
                records -> records.forEach(record -> {
                    Optional<Integer> epoch = record.leaderEpoch();
                    if (epoch.isPresent() && !epoch.get().equals(epochs.get(record.partition()))) {
                        throw giveUp(null);
                    }
                }));
    }

    /** Drops what was filled, because the log is no longer the one that it was filled from. */
    private RebuildRefusedException giveUp(@Nullable RuntimeException why) {
        claim.giveUp();
        return new RebuildRefusedException(GIVEN_UP, why);
    }

    private static long distance(Map<Integer, Long> from, Map<Integer, Long> to) {
        return to.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - from.getOrDefault(end.getKey(), 0L)))
                .sum();
    }
}
