package dev.sluice.processor.totals;

import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.service.failure.FatalErrors;
import dev.sluice.service.offsets.LogOffsets;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The totals of the whole log as metrics, identical on every processor. Queried from Kafka and the store on demand, at most every two seconds; a
 * reader waits at most one second. NaN while either is unavailable, because an outdated number would look valid.
 */
public final class LogMetrics {

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final LiveGeneration live;
    private final LogOffsets offsets;
    private final SubmissionsTopic topic;
    private @Nullable Reading last;

    public LogMetrics(LiveGeneration live, LogOffsets offsets, SubmissionsTopic topic, MeterRegistry meters) {
        this.live = live;
        this.offsets = offsets;
        this.topic = topic;
        register(meters, "sluice.log.records", "Records that the log has accepted", LogTotals::accepted);
        register(meters, "sluice.log.in.flight", "Records that the store has not reached", LogTotals::inFlight);
        register(
                meters,
                "sluice.log.held",
                "Records in flight that no consumer gets before a producer's transaction has ended",
                LogTotals::held);
        register(
                meters,
                "sluice.log.unaccounted",
                "Records accepted that have no outcome and are not in flight either: 0, or something is wrong",
                LogTotals::unaccounted);
        registerOutcome(meters, "stored", totals -> totals.outcomes().stored());
        registerOutcome(meters, "duplicate", totals -> totals.outcomes().duplicate());
        registerOutcome(meters, "rejected", totals -> totals.outcomes().rejected());
        registerOutcome(meters, "dead-lettered", totals -> totals.outcomes().deadLettered());
    }

    private record Reading(long begun, CompletableFuture<LogTotals> totals) {

        long age() {
            return System.nanoTime() - begun;
        }
    }

    private void register(MeterRegistry meters, String name, String description, ToDoubleFunction<LogTotals> value) {
        Gauge.builder(name, this, metrics -> metrics.read(value))
                .description(description)
                .register(meters);
    }

    private void registerOutcome(MeterRegistry meters, String outcome, ToDoubleFunction<LogTotals> value) {
        Gauge.builder("sluice.log.outcomes", this, metrics -> metrics.read(value))
                .description("Records of the log by what became of them, each counted once")
                .tag("outcome", outcome)
                .register(meters);
    }

    private double read(ToDoubleFunction<LogTotals> value) {
        Reading reading = reading();
        try {
            LogTotals totals = reading.totals().get(PATIENCE.toNanos() - reading.age(), TimeUnit.NANOSECONDS);
            return value.applyAsDouble(totals);
        } catch (ExecutionException | TimeoutException e) {
            return Double.NaN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }

    /** Returns the last query while it is fresh or still running, so that only one runs at a time. */
    private synchronized Reading reading() {
        Reading known = last;
        if (known != null && (known.age() < FRESH.toNanos() || !known.totals().isDone())) {
            return known;
        }
        CompletableFuture<LogTotals> totals = new CompletableFuture<>();
        Reading begun = new Reading(System.nanoTime(), totals);
        last = begun;
        Thread.ofVirtual().name("log-totals").start(() -> {
            try {
                totals.complete(total());
            } catch (RuntimeException | Error e) {
                FatalErrors.endProcessIfFatal(e);
                totals.completeExceptionally(e);
            }
        });
        return begun;
    }

    /**
     * Reads progress before the ends: both move, and progress must not appear to be ahead. The readable ends come last, so that records
     * appended between the two queries do not appear to be held by a transaction.
     */
    private LogTotals total() {
        int partitions = topic.partitions().orElseThrow();
        List<Integer> all = IntStream.range(0, partitions).boxed().toList();
        Map<Integer, PartitionProgress> reached = new MongoProgress(live.current()).read(all);
        Map<Integer, Long> ends = offsets.endsWithOpenTransactions(all);
        Map<Integer, Long> consumable = offsets.ends(all);
        LogTotals totals = LogTotals.NONE;
        for (Integer partition : all) {
            PartitionProgress known = reached.get(partition);
            long gotten = consumable.getOrDefault(partition, 0L);
            long end = Math.max(gotten, ends.getOrDefault(partition, 0L));
            totals = totals.plus(LogTotals.of(known == null ? begin(partition) : inThisLog(known), gotten, end));
        }
        return totals;
    }

    /** Passes over what lies between a former log's end and this log's first position, as its first record will. */
    private PartitionProgress inThisLog(PartitionProgress known) {
        long next = Math.max(known.next(), topic.ids().firstPosition());
        return new PartitionProgress(
                known.partition(),
                known.began(),
                next,
                known.tally().withEmpty(next - known.next()),
                known.leaderEpoch());
    }

    private PartitionProgress begin(int partition) {
        long begin = offsets.begin(partition);
        return PartitionProgress.begun(partition, begin);
    }
}
