package dev.sluice.processor.batch;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.outcome.DeadLetters;
import dev.sluice.processor.outcome.Outcomes;
import dev.sluice.processor.progress.OwnProgress;
import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.FirstDelivery;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes records through every step, in an order in which nothing is said before it is so: dead letters are on their topic before the
 * store says that they are; keys are claimed before there are documents that rely on them; documents and what follows from them are
 * stored for good before outcomes tell of them; and only when all that is done does progress move. Whatever fails on the way, doing the
 * records again changes nothing but for repeated outcomes, which say the same, and repeated dead letters. Thread-safe.
 */
public final class BatchProcessing {

    private final StoreDurability durability;
    private final DeadLetters deadLetters;
    private final Outcomes outcomes;
    private final OwnProgress progress;
    private final Breaker breaker;
    private final ProcessingMetrics metrics;
    private final Clock clock;
    private final IdBase ids;
    // Its buffers are worth keeping, and each of the few threads that process has its own.
    private final ThreadLocal<Workplace> workplaces;
    // One for all: it remembers how far the store is with each partition, whichever thread has it next.
    private volatile @Nullable Projection latest;

    /**
     * @param keptBytes how much memory each of the two buffers of a thread keeps
     */
    public BatchProcessing(
            StoreDurability durability,
            SubmissionsTopic topic,
            DeadLetters deadLetters,
            Outcomes outcomes,
            OwnProgress progress,
            Breaker breaker,
            ProcessingMetrics metrics,
            Clock clock,
            long keptBytes) {
        this.durability = durability;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
        this.progress = progress;
        this.breaker = breaker;
        this.metrics = metrics;
        this.clock = clock;
        this.ids = topic.ids();
        RecordReader reader = new RecordReader(new SubmissionValidator(), new RecordForm(topic));
        this.workplaces = ThreadLocal.withInitial(() -> new Workplace(
                new Chunk(reader, ids, new BsonBuffer(keptBytes)), new DecidedChunk(new BsonBuffer(keptBytes))));
    }

    private static final class Workplace {

        private final Chunk chunk;
        private final DecidedChunk decided;
        // Per partition the first offset of the batch that waits because the partition is stopped.
        private final Map<Integer, Long> leftOut = new HashMap<>();
        private @Nullable Generation generation;
        private @Nullable Decisions decisions;

        Workplace(Chunk chunk, DecidedChunk decided) {
            this.chunk = chunk;
            this.decided = decided;
        }

        void clear() {
            chunk.clear();
            decided.clear();
        }

        Decisions decisions(Projection projection) {
            Decisions known = decisions;
            if (known == null || !projection.generation().equals(generation)) {
                known = new Decisions(projection.keys(), projection.earlier());
                decisions = known;
                generation = projection.generation();
            }
            return known;
        }
    }

    /**
     * Returns once every record has its outcome in the generation, or throws; then those before the failure may have theirs. Records from
     * where their partition is stopped on are left out.
     *
     * @return per partition that is stopped the offset from where on its records were left out
     */
    public Map<Integer, Long> process(List<ConsumerRecord<byte[], byte[]>> records, Generation generation) {
        Workplace workplace = workplaces.get();
        Projection projection = projection(generation);
        workplace.clear();
        workplace.leftOut.clear();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (isLeftOut(workplace.leftOut, record.partition(), record.offset())) {
                continue;
            }
            add(workplace, record, projection);
            if (workplace.chunk.isFull()) {
                complete(workplace, projection);
            }
        }
        complete(workplace, projection);
        return Map.copyOf(workplace.leftOut);
    }

    private Projection projection(Generation generation) {
        Projection known = latest;
        if (known == null || !known.generation().equals(generation)) {
            known = Projection.of(generation, durability);
            latest = known;
        }
        return known;
    }

    /** Nothing follows what was left out, even if the partition goes on meanwhile. */
    private boolean isLeftOut(Map<Integer, Long> leftOut, int partition, long offset) {
        if (!leftOut.containsKey(partition) && breaker.isStopped(partition, offset)) {
            leftOut.put(partition, offset);
        }
        return leftOut.containsKey(partition);
    }

    /**
     * Where to go on in a generation with each of the partitions.
     *
     * @param begins by partition the position at which its log begins, where one without progress goes on
     */
    public Map<Integer, PartitionProgress> goOn(Map<Integer, Long> begins, Generation generation) {
        return projection(generation).progress().goOn(begins);
    }

    /** How many records the calling thread best takes at a time, by how long it took with those before. */
    public int recordsAtATime() {
        return workplaces.get().chunk.wantedRecords();
    }

    private void add(Workplace workplace, ConsumerRecord<byte[], byte[]> record, Projection projection) {
        try {
            workplace.chunk.add(record);
        } catch (RuntimeException e) {
            // Those before it are none the worse for it.
            complete(workplace, projection);
            throw new UnprocessableRecordException(ids.idOf(record.partition(), record.offset()), e);
        }
    }

    private void complete(Workplace workplace, Projection projection) {
        Chunk chunk = workplace.chunk;
        if (!chunk.isEmpty()) {
            long begin = System.nanoTime();
            DecidedChunk decided = workplace.decided;
            List<Decision> decisions =
                    unlessStopped(workplace, workplace.decisions(projection).decide(chunk.records()));
            breaker.persist(chunk.next().keySet());
            deadLetters.send(chunk.deadLetters());
            decided.take(chunk, decisions);
            decided.write(projection.tasks().verifications(decided.taskChanges(), projection.submissions()), now());
            Map<Long, FirstDelivery> alreadyThere = projection.insert(decided);
            progress.stored().advance(projection.generation(), chunk.first(), chunk.next());
            projection.fold(decided);
            decided.tellAsBefore(alreadyThere);
            outcomes.send(decided.outcomes());
            projection.progress().advance(decided.outcomes(), chunk.leaderEpochs());
            progress.passed().advance(projection.generation(), chunk.first(), chunk.next());
            metrics.processed(decided.outcomes(), alreadyThere.size());
            chunk.completed(Duration.ofNanos(System.nanoTime() - begin));
            OutcomeLog.tell(decisions);
        }
        workplace.clear();
    }

    /** What was decided beyond a place where a partition is stopped is forgotten, and decided just so again when the partition goes on. */
    private List<Decision> unlessStopped(Workplace workplace, List<Decision> decisions) {
        List<Decision> wanted = new ArrayList<>(decisions.size());
        for (Decision decision : decisions) {
            SubmissionId id = decision.record().document().id();
            long offset = ids.offset(id.position());
            if (isBefore(workplace.leftOut, id.partition(), offset) && !breaker.isStopped(id.partition(), offset)) {
                wanted.add(decision);
                if (breaker.observe(id.partition(), offset, decision.outcome())) {
                    workplace.leftOut.merge(id.partition(), offset + 1, Math::min);
                }
            } else {
                workplace.leftOut.merge(id.partition(), offset, Math::min);
            }
        }
        workplace.leftOut.forEach((partition, offset) -> workplace.chunk.endAt(partition, ids.position(offset)));
        return wanted;
    }

    private static boolean isBefore(Map<Integer, Long> leftOut, int partition, long offset) {
        return offset < leftOut.getOrDefault(partition, Long.MAX_VALUE);
    }

    /** As exactly as it can be stored, so that a repeated outcome says the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
