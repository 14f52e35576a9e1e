package dev.sluice.contract.id;

/**
 * A submission's id: its place among all that was ever submitted. {@code id = ((position + 1) << 8) | partition}, so a redelivered record
 * always has the same id, and from an id anyone can tell which record it is. The position is the record's offset as long as the topic is
 * the first one; how they differ afterwards, and so which id a record has, only {@link IdBase} knows.
 *
 * @param partition 0 to 255
 * @param position 0 to 2^55 - 2
 */
public record SubmissionId(int partition, long position) {

    /** At most this many partitions fit into an id. */
    public static final int MAX_PARTITIONS = 256;

    static final int PARTITION_BITS = 8;
    private static final long MAX_POSITION = (Long.MAX_VALUE >> PARTITION_BITS) - 1;

    public SubmissionId {
        if (partition < 0 || partition >= MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    "partition " + partition + " is not within 0 to " + (MAX_PARTITIONS - 1));
        }
        if (position < 0 || position > MAX_POSITION) {
            throw new IllegalArgumentException("position " + position + " is not within 0 to " + MAX_POSITION);
        }
    }

    /** Of a position, where that rather than an offset is at hand. */
    public static SubmissionId ofPosition(int partition, long position) {
        return new SubmissionId(partition, position);
    }

    /** The id as clients see it: a positive number, below 2^53 for the first 3.5·10^13 positions of a partition. */
    public long value() {
        return ((position + 1) << PARTITION_BITS) | partition;
    }

    /** Whether {@code value} is the id of any record at all: positive, and not below the first position's ids. */
    public static boolean isValid(long value) {
        return value >> PARTITION_BITS >= 1;
    }

    /**
     * The place that an id stands for.
     *
     * @throws IllegalArgumentException if {@link #isValid} does not hold
     */
    public static SubmissionId of(long value) {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    value + " is not a submission id: expected at least " + (1 << PARTITION_BITS));
        }
        return new SubmissionId((int) (value & (MAX_PARTITIONS - 1)), (value >> PARTITION_BITS) - 1);
    }
}
