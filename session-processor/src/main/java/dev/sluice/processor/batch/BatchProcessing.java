package dev.sluice.processor.batch;

import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.outcome.KafkaOutcomes;
import dev.sluice.processor.progress.PassedOffsets;
import dev.sluice.processor.store.FirstDelivery;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes records through every step, in an order in which nothing is said before it is so: dead letters are on their topic before the
 * store says that they are; keys are claimed before there are documents that rely on them; documents and what follows from them are
 * stored for good before outcomes tell of them; and only when all that is done does progress move. Whatever fails on the way, doing the
 * records again changes nothing but for repeated outcomes, which say the same, and repeated dead letters. For many threads.
 */
public final class BatchProcessing {

    private final Projection projection;
    private final KafkaDeadLetters deadLetters;
    private final KafkaOutcomes outcomes;
    private final PassedOffsets passed;
    private final ProcessingMetrics metrics;
    private final Clock clock;
    // Its buffers are worth keeping, and each of the container's few threads has its own.
    private final ThreadLocal<Workplace> workplaces;

    public BatchProcessing(
            Projection projection,
            SubmissionsTopic topic,
            KafkaDeadLetters deadLetters,
            KafkaOutcomes outcomes,
            PassedOffsets passed,
            ProcessingMetrics metrics,
            Clock clock) {
        this.projection = projection;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
        this.passed = passed;
        this.metrics = metrics;
        this.clock = clock;
        RecordReader reader = new RecordReader(new SubmissionValidator(), new RecordForm(topic));
        this.workplaces = ThreadLocal.withInitial(() -> new Workplace(
                new Chunk(reader), new Decisions(projection.keys(), projection.submissions()), new DecidedChunk()));
    }

    private record Workplace(Chunk chunk, Decisions decisions, DecidedChunk decided) {

        void clear() {
            chunk.clear();
            decided.clear();
        }
    }

    /** Returns once every record has its outcome, or throws; then those before the failure may have theirs. */
    public void process(List<ConsumerRecord<byte[], byte[]>> records) {
        Workplace workplace = workplaces.get();
        workplace.clear();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            add(workplace, record);
            if (workplace.chunk().isFull()) {
                complete(workplace);
            }
        }
        complete(workplace);
    }

    private void add(Workplace workplace, ConsumerRecord<byte[], byte[]> record) {
        try {
            workplace.chunk().add(record);
        } catch (RuntimeException e) {
            // Those before it are none the worse for it.
            complete(workplace);
            throw new UnprocessableRecordException(record.partition(), record.offset(), e);
        }
    }

    private void complete(Workplace workplace) {
        Chunk chunk = workplace.chunk();
        if (!chunk.isEmpty()) {
            DecidedChunk decided = workplace.decided();
            deadLetters.send(chunk.deadLetters());
            decided.take(chunk, workplace.decisions().decide(chunk.records()));
            decided.write(projection.tasks().verifications(decided.taskChanges(), projection.submissions()), now());
            Map<Long, FirstDelivery> alreadyThere = projection.store(decided);
            decided.tellAsBefore(alreadyThere);
            outcomes.send(decided.outcomes());
            projection.progress().advance(chunk.next());
            passed.advance(chunk.next());
            metrics.processed(decided.outcomes(), alreadyThere.size());
        }
        workplace.clear();
    }

    /** As exactly as it can be stored, so that a repeated outcome says the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
