package dev.sluice.processor.progress;

import dev.sluice.processor.generation.UnreadableDocumentException;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;

/**
 * How far the store is with one partition.
 *
 * @param partition the document's id
 * @param began the position at which processing began
 * @param next the first position without an outcome
 * @param tally the outcomes of the positions from {@code began} to {@code next}
 * @param leaderEpoch the leader epoch of the last record before {@code next}, if known; if the log loses its end and grows again, the
 *     records there have a later one
 */
public record PartitionProgress(int partition, long began, long next, Tally tally, Optional<Integer> leaderEpoch) {

    static final String ID = "_id";
    static final String BEGAN = "began";
    static final String NEXT = "next";
    static final String LEADER_EPOCH = "leader_epoch";

    private static final String STORED = "stored";
    private static final String DUPLICATE = "duplicate";
    private static final String REJECTED = "rejected";
    private static final String DEAD_LETTERED = "dead_lettered";
    private static final String EMPTY = "empty";

    /** Reads a document; throws an {@link UnreadableDocumentException} if it is not a partition's progress. */
    public static PartitionProgress of(BsonDocument document) {
        try {
            return read(document);
        } catch (BsonInvalidOperationException e) {
            throw UnreadableDocumentException.of("progress", document, e);
        }
    }

    private static PartitionProgress read(BsonDocument document) {
        return new PartitionProgress(
                document.getInt32(ID).getValue(),
                document.getInt64(BEGAN).getValue(),
                document.getInt64(NEXT).getValue(),
                new Tally(
                        count(document, STORED),
                        count(document, DUPLICATE),
                        count(document, REJECTED),
                        count(document, DEAD_LETTERED),
                        count(document, EMPTY)),
                document.isInt32(LEADER_EPOCH)
                        ? Optional.of(document.getInt32(LEADER_EPOCH).getValue())
                        : Optional.empty());
    }

    private static long count(BsonDocument document, String field) {
        return document.getInt64(field).getValue();
    }

    BsonDocument document() {
        BsonDocument document = new BsonDocument(ID, new BsonInt32(partition))
                .append(BEGAN, new BsonInt64(began))
                .append(NEXT, new BsonInt64(next))
                .append(STORED, new BsonInt64(tally.stored()))
                .append(DUPLICATE, new BsonInt64(tally.duplicate()))
                .append(REJECTED, new BsonInt64(tally.rejected()))
                .append(DEAD_LETTERED, new BsonInt64(tally.deadLettered()))
                .append(EMPTY, new BsonInt64(tally.empty()));
        leaderEpoch.ifPresent(epoch -> document.append(LEADER_EPOCH, new BsonInt32(epoch)));
        return document;
    }

    /** The progress of a partition that begins at a position and has no outcomes yet. */
    public static PartitionProgress begun(int partition, long position) {
        return new PartitionProgress(partition, position, position, Tally.NONE, Optional.empty());
    }

    /** This progress extended to a position before which the log has nothing left; the leader of the last record there is not known. */
    PartitionProgress skippingTo(long position) {
        return new PartitionProgress(partition, began, position, tally.withEmpty(position - next), Optional.empty());
    }

    /** The leader epoch that Kafka's client validates when continuing at a position; empty unless that is {@code next}. */
    public Optional<Integer> epochAt(long position) {
        return position == next ? leaderEpoch : Optional.empty();
    }

    /** This progress extended to the end of {@code records}. */
    PartitionProgress after(PassedRecords records) {
        return next >= records.end()
                ? this
                : new PartitionProgress(
                        partition, began, records.end(), tally.plus(records.since(next)), records.leaderEpoch());
    }
}
