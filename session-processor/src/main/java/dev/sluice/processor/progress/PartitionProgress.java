package dev.sluice.processor.progress;

import java.util.Optional;
import java.util.OptionalInt;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;

/**
 * How far the store is with one partition.
 *
 * @param partition the document's id
 * @param began the first position that it was to process
 * @param next the first position without an outcome
 * @param tally what became of the positions from {@code began} to {@code next}
 * @param leaderEpoch under which leader of the partition Kafka took the last record before {@code next}, as far as it was told: in a log that
 *     has lost its end and grown again a later one took what is there now
 */
public record PartitionProgress(int partition, long began, long next, Tally tally, OptionalInt leaderEpoch) {

    static final String ID = "_id";
    static final String BEGAN = "began";
    static final String NEXT = "next";
    static final String LEADER_EPOCH = "leader_epoch";

    private static final String STORED = "stored";
    private static final String DUPLICATE = "duplicate";
    private static final String REJECTED = "rejected";
    private static final String DEAD_LETTERED = "dead_lettered";
    private static final String EMPTY = "empty";

    /**
     * What a document says.
     *
     * @throws org.bson.BsonInvalidOperationException if it is none of a partition's progress
     */
    public static PartitionProgress of(BsonDocument document) {
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
                        ? OptionalInt.of(document.getInt32(LEADER_EPOCH).getValue())
                        : OptionalInt.empty());
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

    /** Begun at a position, before anything of it has an outcome. */
    public static PartitionProgress begun(int partition, long position) {
        return new PartitionProgress(partition, position, position, Tally.NONE, OptionalInt.empty());
    }

    /** The leader epoch for Kafka's client to validate when it goes on at a position; empty unless that is {@code next}. */
    public Optional<Integer> epochAt(long position) {
        return position == next && leaderEpoch.isPresent() ? Optional.of(leaderEpoch.getAsInt()) : Optional.empty();
    }

    /** With the positions up to the end of {@code records} that it does not have yet. */
    PartitionProgress after(PassedRecords records) {
        return next >= records.end()
                ? this
                : new PartitionProgress(
                        partition, began, records.end(), tally.plus(records.since(next)), records.leaderEpoch());
    }
}
