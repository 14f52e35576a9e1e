package dev.sluice.processor.batch;

import dev.sluice.processor.fault.SetAside;
import dev.sluice.processor.key.Keys;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.EarlierSubmissions;
import dev.sluice.processor.task.NotesByTask;
import dev.sluice.service.settings.Heap;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decides the outcomes of records with the code that processing uses, without writing anything, to find out what the store should contain. Not
 * thread-safe.
 */
public final class Redecisions {

    private static final int SHARE_OF_HEAP = 128;

    private final Chunk chunk;
    private final Keys keys;
    private final EarlierSubmissions earlier;
    private final BsonBuffer documents;

    public Redecisions(SubmissionsTopic topic, SetAside setAside, Keys keys, EarlierSubmissions earlier) {
        long keptBytes = Heap.ofProcess().share(SHARE_OF_HEAP);
        RecordReader reader = new RecordReader(topic);
        this.chunk = new Chunk(reader, topic.ids(), setAside, new BsonBuffer(keptBytes));
        this.documents = new BsonBuffer(keptBytes);
        this.keys = keys;
        this.earlier = earlier;
    }

    /** Whether {@link #decide} should be called before adding more. */
    public boolean isFull() {
        return chunk.isFull();
    }

    /**
     * Adds the next record in log order.
     *
     * @throws UnprocessableRecordException if our own code fails on it
     */
    public void add(ConsumerRecord<byte[], byte[]> record) {
        chunk.add(record);
    }

    /**
     * Decides on the records added since the last call. The result is valid until the next call.
     *
     * @param processed the time of processing to write into documents
     * @param begin begins the changes of tasks with what the tasks should be before; if it does not, the status changes in documents and
     *     outcomes mean nothing
     */
    public DecidedChunk decide(Instant processed, Consumer<NotesByTask> begin) {
        List<Decision> decisions = new Decisions(chunk, keys, earlier, ClaimCheck.TRUSTING).decide();
        DecidedChunk decided = new DecidedChunk(documents, chunk, decisions);
        begin.accept(decided.notesByTask());
        decided.write(processed);
        chunk.clear();
        return decided;
    }
}
