package dev.sluice.processor.batch;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.http.settings.Heap;
import dev.sluice.processor.key.Keys;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.EarlierSubmissions;
import dev.sluice.processor.store.VerificationChanges;
import dev.sluice.processor.task.TaskChanges;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decides what becomes of records by the very code that processing uses, and writes nothing of it: for whoever wants to know what the store
 * should hold. For one thread.
 */
public final class Redecisions {

    private static final int SHARE_OF_HEAP = 128;

    private final IdBase ids;
    private final Chunk chunk;
    private final Decisions decisions;
    private final DecidedChunk decided;

    /**
     * @param keys where claims are looked up, and where those that the records make are left
     * @param earlier where submissions are looked up that records name
     */
    public Redecisions(SubmissionsTopic topic, Keys keys, EarlierSubmissions earlier) {
        this.ids = topic.ids();
        long keptBytes = Heap.ofProcess().share(SHARE_OF_HEAP);
        RecordReader reader = new RecordReader(new SubmissionValidator(), new RecordForm(topic));
        this.chunk = new Chunk(reader, ids, new BsonBuffer(keptBytes));
        this.decided = new DecidedChunk(new BsonBuffer(keptBytes));
        this.decisions = new Decisions(keys, earlier);
    }

    /** Whether so much waits for {@link #decide} that nothing should be added before. */
    public boolean isFull() {
        return chunk.isFull();
    }

    /**
     * Adds a record, in the order of the log.
     *
     * @throws UnprocessableRecordException if our own code fails on it
     */
    public void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            chunk.add(record);
        } catch (RuntimeException e) {
            throw new UnprocessableRecordException(ids.idOf(record.partition(), record.offset()), e);
        }
    }

    /**
     * Decides on what was added since the last time. The result is good until the next time.
     *
     * @param processed what documents are to say about when they were decided upon
     * @param verifications says what submissions do to their tasks' statuses, by id
     */
    public DecidedChunk decide(Instant processed, Function<TaskChanges, Map<Long, VerificationChanges>> verifications) {
        decided.take(chunk, decisions.decide(chunk.records()));
        decided.write(verifications.apply(decided.taskChanges()), processed);
        chunk.clear();
        return decided;
    }
}
