package dev.sluice.processor.progress;

import com.mongodb.WriteConcern;
import dev.sluice.processor.generation.Generation;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Per partition the position up to which every record has its outcome in the store. It is the authority on where to go on, not Kafka's
 * committed offsets: it is part of every backup of the store. It never goes back.
 */
public final class MongoProgress {

    /** The collection's name in the first generation. */
    public static final String COLLECTION = "progress";

    private static final String NEXT = "next";

    private final MongoTemplate mongo;
    private final String collection;

    public MongoProgress(Generation generation) {
        this.mongo = generation.mongo();
        this.collection = generation.nameOf(COLLECTION);
        mongo.setWriteConcern(WriteConcern.MAJORITY.withJournal(true));
    }

    /**
     * How far one partition is.
     *
     * @param partition the document's id
     * @param next the first position without an outcome
     */
    record PartitionProgress(@Id int partition, long next) {}

    /** Per partition the first position that has no outcome yet. Returns once that is stored for good. */
    public void advance(Map<Integer, Long> next) {
        var bulk = mongo.bulkOps(BulkMode.UNORDERED, PartitionProgress.class, collection);
        next.forEach((partition, position) ->
                bulk.upsert(Query.query(Criteria.where("_id").is(partition)), new Update().max(NEXT, position)));
        bulk.execute();
    }

    /** The first position without an outcome, for each of the partitions that has any outcome. */
    public Map<Integer, Long> next(Collection<Integer> partitions) {
        Map<Integer, Long> next = new HashMap<>();
        mongo.find(Query.query(Criteria.where("_id").in(partitions)), PartitionProgress.class, collection)
                .forEach(progress -> next.put(progress.partition(), progress.next()));
        return next;
    }

    /** The first position of a partition without an outcome; nothing if none has one. */
    public OptionalLong next(int partition) {
        PartitionProgress progress = mongo.findById(partition, PartitionProgress.class, collection);
        return progress == null ? OptionalLong.empty() : OptionalLong.of(progress.next());
    }
}
