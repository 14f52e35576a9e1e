package dev.sluice.processor.batch;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.FirstDelivery;
import dev.sluice.processor.store.StoreDurability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes records through every step, in an order that states nothing before it is true: keys are claimed before documents rely on them; documents
 * and everything derived from them are durable before anything is published, so that a store that refuses them has nothing published again and
 * again; dead letters are on their topic before outcomes name them; and progress moves last. After a failure at any step, processing the records
 * again only repeats dead letters, and outcomes, which say the same. Thread-safe.
 */
public final class BatchProcessing {

    private final StoreDurability durability;
    private final Breaker breaker;
    private final MongoFaults faults;
    private final Clock clock;
    private final IdBase ids;
    // Each of the few worker threads keeps its own buffers.
    private final ThreadLocal<Workplace> workplaces;
    // Shared by all threads, for they remember the progress of each partition, whichever thread processes it next.
    // All are kept: a turn may still be in a former generation, or the store be put back to one, and they are few.
    private final Map<Generation, Projection> projections = new ConcurrentHashMap<>();

    /**
     * @param keptBytes how many bytes each of a thread's two buffers may keep
     */
    public BatchProcessing(
            StoreDurability durability,
            SubmissionsTopic topic,
            Breaker breaker,
            MongoFaults faults,
            Clock clock,
            long keptBytes) {
        this.durability = durability;
        this.breaker = breaker;
        this.faults = faults;
        this.clock = clock;
        this.ids = topic.ids();
        RecordReader reader = new RecordReader(topic);
        this.workplaces = ThreadLocal.withInitial(() ->
                new Workplace(new Chunk(reader, ids, faults, new BsonBuffer(keptBytes)), new BsonBuffer(keptBytes)));
    }

    private record Workplace(Chunk chunk, BsonBuffer documents) {

        void clear() {
            chunk.clear();
            documents.clear();
        }
    }

    /**
     * Returns once every record has its outcome in the generation. If it throws, the records before the failure may have theirs. Records from
     * the offset on at which their partition is stopped are left out.
     *
     * @param listener is told what became of them
     * @return for each stopped partition, the offset from which on nothing was processed
     */
    public Map<Integer, Long> process(
            List<ConsumerRecord<byte[], byte[]>> records, Generation generation, ProcessingListener listener) {
        Workplace workplace = workplaces.get();
        Projection projection = projection(generation);
        Map<Integer, Long> leftOut = new HashMap<>();
        workplace.clear();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (mustWait(leftOut, record.partition(), record.offset())) {
                continue;
            }
            try {
                workplace.chunk.add(record);
            } catch (UnprocessableRecordException e) {
                // The records before it are still processed.
                complete(workplace, leftOut, projection, listener);
                throw e;
            }
            if (workplace.chunk.isFull()) {
                complete(workplace, leftOut, projection, listener);
            }
        }
        complete(workplace, leftOut, projection, listener);
        return leftOut;
    }

    /** Reads from the store which records are set aside. One that has been since is not stored: its turn fails, and the next one knows. */
    public void refreshFaults() {
        faults.refresh();
    }

    /**
     * Notes in the store that a record cannot be processed, so that it can be set aside; unless its submission is stored in the generation, for
     * then it cannot, and may have been processed after all.
     *
     * @return the fault with the way out
     */
    public UnprocessableRecordException note(UnprocessableRecordException fault, Generation generation) {
        if (projection(generation).submissions().has(fault.id())) {
            return fault.ofStored();
        }
        faults.note(fault.id(), fault.fault(), clock.instant());
        return fault.thatCanBeSetAside();
    }

    /** What fails the processing of a record alone is about that record. */
    public UnprocessableRecordException unprocessable(ConsumerRecord<byte[], byte[]> record, Throwable cause) {
        return new UnprocessableRecordException(ids.idOf(record.partition(), record.offset()), cause);
    }

    private Projection projection(Generation generation) {
        return projections.computeIfAbsent(generation, made -> Projection.of(made, durability));
    }

    /** After one that must wait, every later one of its partition waits too, even if that resumes meanwhile. */
    private boolean mustWait(Map<Integer, Long> leftOut, int partition, long offset) {
        if (offset < leftOut.getOrDefault(partition, Long.MAX_VALUE) && !breaker.isStopped(partition, offset)) {
            return false;
        }
        leftOut.merge(partition, offset, Math::min);
        return true;
    }

    /** The progress that {@link #process} moves. */
    public MongoProgress progress(Generation generation) {
        return projection(generation).progress();
    }

    /** How many records the calling thread should take at a time, judged by how long its earlier ones took. */
    public int recordsAtATime() {
        return workplaces.get().chunk.wantedRecords();
    }

    private void complete(
            Workplace workplace, Map<Integer, Long> leftOut, Projection projection, ProcessingListener listener) {
        Chunk chunk = workplace.chunk;
        if (chunk.isEmpty()) {
            return;
        }
        long begin = System.nanoTime();
        // Claims keys, before any document relies on them.
        List<Decision> decisions = unlessStopped(leftOut, decide(chunk, projection));
        DecidedChunk decided = new DecidedChunk(workplace.documents, chunk, decisions);
        // Before progress passes the records that stop a partition: nobody counts them again.
        breaker.persist(decided.next().keySet());
        // Before the insert: whatever the tasks include is a redelivery.
        projection.tasks().begin(decided.notesByTask(), projection.submissions());
        decided.write(now());
        // Before anything has one of these: from here on nobody can set it aside.
        faults.withdraw(decided.outcomes().stream().map(SubmissionOutcome::id));
        Map<Long, FirstDelivery> alreadyThere = projection.submissions().insert(decided.documents());
        listener.stored(projection.generation(), chunk.first(), decided.next());
        // After the insert: whatever tasks and counts include is stored.
        projection.fold(decided);
        decided.tellAsBefore(alreadyThere);
        // After the store has all that they say.
        listener.publish(projection.generation(), decided.deadLetters(), decided.outcomes());
        // Last: what is missing now would never be made up for.
        projection.progress().advance(decided.outcomes(), decided.leaderEpochs());
        listener.passed(projection.generation(), chunk.first(), decided.next());
        listener.processed(decided.outcomes(), alreadyThere.size());
        chunk.completed(Duration.ofNanos(System.nanoTime() - begin));
        OutcomeLines.tell(decisions);
        workplace.clear();
    }

    private List<Decision> decide(Chunk chunk, Projection projection) {
        ClaimCheck check = new StoredClaimCheck(projection, ids, faults);
        return new Decisions(chunk, projection.keys(), projection.earlier(), check).decide();
    }

    /** Drops decisions past the offset at which a partition is stopped. They are made again, identically, when it resumes. */
    private List<Decision> unlessStopped(Map<Integer, Long> leftOut, List<Decision> decisions) {
        List<Decision> wanted = new ArrayList<>(decisions.size());
        for (Decision decision : decisions) {
            SubmissionId id = decision.record().document().id();
            long offset = ids.offset(id.position());
            if (mustWait(leftOut, id.partition(), offset)) {
                continue;
            }
            wanted.add(decision);
            if (breaker.observe(
                    id.partition(), offset, decision.record().reading().isBad())) {
                leftOut.merge(id.partition(), offset + 1, Math::min);
            }
        }
        return wanted;
    }

    /** Truncated to the precision of the store, so that a repeated outcome says the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
