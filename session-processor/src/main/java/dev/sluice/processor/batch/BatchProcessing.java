package dev.sluice.processor.batch;

import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.outcome.KafkaOutcomes;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.PassedOffsets;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.store.Submissions;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes records through every step, in an order in which nothing is said before it is so: dead letters are on their topic before the
 * store says that they are; documents are stored for good before outcomes tell of them; and only when all that is done does progress move.
 * Whatever fails on the way, doing the records again changes nothing but for repeated outcomes and dead letters. For many threads.
 */
public final class BatchProcessing {

    private final Submissions submissions;
    private final StoreDurability durability;
    private final KafkaDeadLetters deadLetters;
    private final KafkaOutcomes outcomes;
    private final MongoProgress progress;
    private final PassedOffsets passed;
    private final ProcessingMetrics metrics;
    // A chunk's buffer is worth keeping, and each of the container's few threads has its own.
    private final ThreadLocal<Chunk> chunks;

    public BatchProcessing(
            Submissions submissions,
            StoreDurability durability,
            KafkaDeadLetters deadLetters,
            KafkaOutcomes outcomes,
            MongoProgress progress,
            PassedOffsets passed,
            ProcessingMetrics metrics) {
        this.submissions = submissions;
        this.durability = durability;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
        this.progress = progress;
        this.passed = passed;
        this.metrics = metrics;
        RecordReader reader = new RecordReader(new SubmissionValidator());
        this.chunks = ThreadLocal.withInitial(() -> new Chunk(reader));
    }

    /** Returns once every record has its outcome, or throws; then those before the failure may have theirs. */
    public void process(List<ConsumerRecord<byte[], byte[]>> records) {
        Chunk chunk = chunks.get();
        chunk.clear();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            add(chunk, record);
            if (chunk.isFull()) {
                complete(chunk);
            }
        }
        complete(chunk);
    }

    private void add(Chunk chunk, ConsumerRecord<byte[], byte[]> record) {
        try {
            chunk.add(record);
        } catch (RuntimeException e) {
            // Those before it are none the worse for it.
            complete(chunk);
            throw new UnprocessableRecordException(record.partition(), record.offset(), e);
        }
    }

    private void complete(Chunk chunk) {
        if (!chunk.isEmpty()) {
            deadLetters.send(chunk.deadLetters());
            int alreadyThere = submissions.insert(chunk.documents());
            durability.flush();
            outcomes.send(chunk.outcomes());
            progress.advance(chunk.next());
            passed.advance(chunk.next());
            metrics.processed(chunk.outcomes(), alreadyThere);
        }
        chunk.clear();
    }
}
