package dev.sluice.http.lookup;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.http.api.EvenTime;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.service.kafka.Deadline;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.service.offsets.LogOffsets;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads single records of the submissions topic by id. At most four threads read at a time; others wait, callers
 * taking turns. Waiting and reading take at most three seconds each. While Kafka is unavailable every lookup is
 * {@code NotNow}; it recovers by itself. Thread-safe.
 */
public final class SubmissionLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionLog.class);
    private static final Duration WITHIN = Duration.ofSeconds(3);
    // Each may hold a record of ten megabytes.
    private static final int AT_A_TIME = 4;
    // A single caller gets half of these: that many lookups, one after the other, fit into one step of EvenTime,
    // whatever they read.
    private static final int TURNS = 8;
    private static final String WELL = "";

    private final String clientId;
    private final Map<String, Object> kafka;
    private final String topic;
    private final IdBase ids;
    private final LogOffsets offsets;
    private final SharedSlots turns = new SharedSlots(TURNS, WITHIN, "lookups in the log");
    private final Semaphore slots = new Semaphore(AT_A_TIME, true);
    private final Deque<LogReader> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicReference<String> trouble = new AtomicReference<>(WELL);
    private volatile int knownPartitions;
    // Consumers could read up to these once, so only lookups past them need to ask Kafka for the end. What LogOffsets
    // has seen is no substitute: reading what a transaction holds back would wait, in one of the few slots.
    private final AtomicLongArray knownEnds = new AtomicLongArray(SubmissionId.MAX_PARTITIONS);
    private volatile boolean closed;

    /**
     * Connects on first use.
     *
     * @param service whose client ids these are: in a standalone two services look up records
     */
    public SubmissionLog(KafkaLog log, String service) {
        this.clientId = "sluice-" + service;
        this.kafka = log.kafka();
        this.topic = log.topics().submissions();
        this.ids = log.ids();
        this.offsets = new LogOffsets(kafka, clientId + "-lookups", topic, ids);
    }

    /**
     * Like {@link #look}, but reveals that nothing was found only at the end of an {@link EvenTime} step. The
     * caller's turn lasts until then, so that many lookups together take no longer for large records either.
     *
     * @throws dev.sluice.http.api.ProblemException 429 or 503 if the caller's turn does not come
     */
    public <T> T lookInEvenTime(String caller, long project, SubmissionId id, Function<? super LogLookup, T> use) {
        return turns.within(caller, () -> {
            EvenTime time = EvenTime.begin();
            Used<T> used = lookAsProject(
                    project, id, found -> new Used<>(use.apply(found), found instanceof LogLookup.Nowhere));
            if (used.isNowhere()) {
                time.awaitStep();
            }
            return used.result();
        });
    }

    /**
     * Looks up a project's record and applies {@code use} to the result; another project's record is {@code Nowhere}.
     * The time this takes reveals whether there is a record: callers must not expose it. A record may have ten
     * megabytes, so it occupies one of the few slots while {@code use} runs, which limits the records in memory.
     *
     * @throws dev.sluice.http.api.ProblemException 429 or 503 if the caller's turn does not come
     */
    public <T> T look(String caller, long project, SubmissionId id, Function<? super LogLookup, T> use) {
        return turns.within(caller, () -> lookAsProject(project, id, use));
    }

    private record Used<T>(T result, boolean isNowhere) {}

    private <T> T lookAsProject(long project, SubmissionId id, Function<? super LogLookup, T> use) {
        if (knownPartitions > 0 && !ids.isOfFormerLog(id) && !isInPartitionOf(project, id)) {
            // Not worth one of the few slots.
            return use.apply(new LogLookup.Nowhere());
        }
        return withSlot(id, found -> use.apply(isOfAnother(project, id, found) ? new LogLookup.Nowhere() : found));
    }

    private boolean isInPartitionOf(long project, SubmissionId id) {
        return id.partition() == ProjectKey.partition(project, knownPartitions);
    }

    <T> T withSlot(SubmissionId id, Function<? super LogLookup, T> use) {
        Deadline deadline = Deadline.in(WITHIN);
        if (!takeSlot(deadline)) {
            return use.apply(new LogLookup.NotNow());
        }
        try {
            return use.apply(lookReportingTrouble(id, deadline));
        } finally {
            slots.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
        offsets.close();
    }

    /** A record in the wrong partition for its key is in no project's order, and so is no project's. */
    private boolean isOfAnother(long project, SubmissionId id, LogLookup lookup) {
        return switch (lookup) {
            case LogLookup.Found(var record) ->
                !isInPartitionOf(project, id) || !ProjectKey.parse(record.key()).equals(OptionalLong.of(project));
            case LogLookup.Nowhere _, LogLookup.Gone _, LogLookup.NotNow _ -> false;
        };
    }

    private boolean takeSlot(Deadline deadline) {
        try {
            return slots.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private LogLookup lookReportingTrouble(SubmissionId id, Deadline deadline) {
        try {
            LogLookup found = lookBefore(id, deadline);
            trouble.set(WELL);
            return found;
        } catch (InterruptException _) {
            return new LogLookup.NotNow();
        } catch (KafkaException e) {
            String reason = KafkaReason.of(e);
            if (!reason.equals(trouble.getAndSet(reason))) {
                LOG.warn("{} cannot be read by id: {}", topic, reason);
            }
            return new LogLookup.NotNow();
        }
    }

    private LogLookup lookBefore(SubmissionId id, Deadline deadline) {
        int partition = id.partition();
        if (ids.isOfFormerLog(id)) {
            return new LogLookup.Gone();
        }
        if (!hasPartition(partition, deadline)) {
            return new LogLookup.Nowhere();
        }
        if (id.position() >= knownEnds.get(partition)) {
            long end = offsets.end(partition, deadline.left());
            knownEnds.set(partition, end);
            if (id.position() >= end) {
                // A record before the end may wait for the end of a producer's transaction.
                return id.position() < offsets.endWithOpenTransactions(partition, deadline.left())
                        ? new LogLookup.NotNow()
                        : new LogLookup.Nowhere();
            }
        }
        return readAt(id, deadline);
    }

    private boolean hasPartition(int partition, Deadline deadline) {
        if (partition >= knownPartitions) {
            knownPartitions = offsets.partitions(deadline.left());
        }
        return partition < knownPartitions;
    }

    private LogLookup readAt(SubmissionId id, Deadline deadline) {
        int partition = id.partition();
        LogReader reader = idle.poll();
        if (reader == null) {
            reader = new LogReader(kafka, clientId + "-reader-" + made.incrementAndGet());
        }
        boolean fit = false;
        try {
            LogLookup found = reader.read(new TopicPartition(topic, partition), ids.offset(id.position()), deadline);
            fit = !(found instanceof LogLookup.NotNow);
            return found;
        } catch (OffsetOutOfRangeException _) {
            // The record was deleted, or the topic was recreated since its end was read.
            knownEnds.set(partition, 0);
            return id.position() < offsets.begin(partition, deadline.left())
                    ? new LogLookup.Gone()
                    : new LogLookup.Nowhere();
        } finally {
            giveBack(reader, fit);
        }
    }

    private void giveBack(LogReader reader, boolean fit) {
        if (!fit) {
            reader.close();
            return;
        }
        idle.push(reader);
        if (closed) {
            closeIdle();
        }
    }

    private void closeIdle() {
        for (LogReader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }
}
