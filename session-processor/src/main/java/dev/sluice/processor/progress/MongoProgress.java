package dev.sluice.processor.progress;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.ContendedDocumentsException;
import dev.sluice.processor.store.GuardedWrites;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;

/**
 * For each partition, the position up to which every record has its outcome in the store, and a tally of those outcomes. It decides where to
 * continue, not Kafka's committed offsets, because every backup of the store includes it. It never goes back, and no record is counted
 * twice: a document only replaces the one with the position that it was derived from. Thread-safe.
 */
public final class MongoProgress {

    public static final String COLLECTION = "progress";

    private static final int TRIES = 10;
    private static final List<Integer> EVERY_PARTITION =
            IntStream.range(0, SubmissionId.MAX_PARTITIONS).boxed().toList();

    private final MongoCollection<BsonDocument> documents;
    // The progress that this process read or wrote last. It saves reading it before the next write, and shows that the
    // store was restored meanwhile. The polling thread sets it only while the partition's lane is closed and in no
    // turn, a worker only in a turn with the partition.
    private final Map<Integer, PartitionProgress> known = new ConcurrentHashMap<>();

    public MongoProgress(Generation generation) {
        this.documents = generation.collection(COLLECTION, BsonDocument.class);
    }

    /**
     * Reads and remembers the progress of partitions: a later {@link #advance} that finds the store behind it fails, because the store was
     * restored in the meantime.
     *
     * @return the progress of those partitions that have any
     */
    public Map<Integer, PartitionProgress> goOn(Collection<Integer> partitions) {
        Map<Integer, PartitionProgress> progress = read(partitions);
        known.keySet().removeAll(partitions);
        known.putAll(progress);
        return progress;
    }

    /**
     * Stores that there is nothing to process before the position at which a partition's log begins.
     *
     * @param from the progress that was read, which is before that position; null if there was none
     * @return false if the progress is another one by now
     */
    public boolean beginAt(int partition, long position, @Nullable PartitionProgress from) {
        PartitionProgress after =
                from == null ? PartitionProgress.begun(partition, position) : from.skippingTo(position);
        boolean isStored = GuardedWrites.tryAll(documents, List.of(write(from, after)));
        if (isStored) {
            known.put(partition, after);
        }
        return isStored;
    }

    /**
     * Stores that all records up to these, in their partitions, have their outcomes. Returns once that is durable.
     *
     * @param outcomes in log order within each partition
     * @param leaderEpochs by partition, the leader epoch of its last record, if known
     */
    public void advance(List<SubmissionOutcome> outcomes, Map<Integer, Integer> leaderEpochs) {
        Map<Integer, PassedRecords> passed = PassedRecords.byPartition(outcomes, leaderEpochs);
        Map<Integer, PartitionProgress> current = new HashMap<>(known);
        current.keySet().retainAll(passed.keySet());
        for (int i = 0; i < TRIES; i++) {
            if (i > 0 || current.size() < passed.size()) {
                current = read(passed.keySet());
                requireNotBack(passed.keySet(), current);
            }
            Map<Integer, PartitionProgress> after = after(passed, current);
            if (GuardedWrites.tryAll(documents, writes(current, after))) {
                known.putAll(after);
                return;
            }
        }
        throw new ContendedDocumentsException(COLLECTION, TRIES);
    }

    /** Removes the leader epochs, because the log was replaced by another one, which counts its leaders afresh. */
    public void forgetLeaderEpochs() {
        documents.updateMany(new BsonDocument(), unset(PartitionProgress.LEADER_EPOCH));
    }

    /** The first position without an outcome, for each partition that has progress. */
    public Map<Integer, Long> next() {
        return next(EVERY_PARTITION);
    }

    /** Like {@link #next()}, of these partitions. */
    public Map<Integer, Long> next(Collection<Integer> partitions) {
        Map<Integer, Long> next = new HashMap<>();
        read(partitions).forEach((partition, progress) -> next.put(partition, progress.next()));
        return next;
    }

    /** The first position of a partition without an outcome; empty if it has no progress. */
    public OptionalLong next(int partition) {
        Long next = next(List.of(partition)).get(partition);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Whether progress that was just read is behind what this process has read or written last: the store was put back. */
    public boolean isBack(int partition, long next) {
        PartitionProgress last = known.get(partition);
        return last != null && next < last.next();
    }

    public Map<Integer, PartitionProgress> read(Collection<Integer> partitions) {
        Map<Integer, PartitionProgress> read = new HashMap<>();
        for (BsonDocument document : documents.find(in(PartitionProgress.ID, partitions))) {
            PartitionProgress progress = PartitionProgress.of(document);
            read.put(progress.partition(), progress);
        }
        return read;
    }

    /** A store that was restored to an older state while this process continued lacks the records in between. */
    private void requireNotBack(Set<Integer> partitions, Map<Integer, PartitionProgress> current) {
        partitions.forEach(partition -> {
            PartitionProgress last = known.get(partition);
            PartitionProgress now = current.get(partition);
            if (last != null && (now == null || now.next() < last.next())) {
                throw new ProgressWentBackException(
                        partition, last.next(), now == null ? "nothing" : Long.toString(now.next()));
            }
        });
    }

    private static Map<Integer, PartitionProgress> after(
            Map<Integer, PassedRecords> passed, Map<Integer, PartitionProgress> current) {
        Map<Integer, PartitionProgress> after = new HashMap<>();
        passed.forEach((partition, records) -> {
            PartitionProgress before = current.get(partition);
            long first = records.first();
            after.put(partition, (before == null ? PartitionProgress.begun(partition, first) : before).after(records));
        });
        return after;
    }

    private static List<WriteModel<BsonDocument>> writes(
            Map<Integer, PartitionProgress> current, Map<Integer, PartitionProgress> after) {
        List<WriteModel<BsonDocument>> writes = new ArrayList<>();
        // Written even if it is as far already: the read may have seen a state that no majority has.
        after.forEach((partition, to) -> writes.add(write(current.get(partition), to)));
        return writes;
    }

    private static WriteModel<BsonDocument> write(@Nullable PartitionProgress from, PartitionProgress to) {
        return from == null ? new InsertOneModel<>(to.document()) : new ReplaceOneModel<>(at(from), to.document());
    }

    private static BsonDocument at(PartitionProgress progress) {
        return new BsonDocument(PartitionProgress.ID, new BsonInt32(progress.partition()))
                .append(PartitionProgress.NEXT, new BsonInt64(progress.next()));
    }
}
