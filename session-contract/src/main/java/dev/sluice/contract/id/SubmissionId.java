package dev.sluice.contract.id;

/**
 * A submission's id, which is its place in the log: {@code ((position + 1) << 8) | partition}. A redelivered record always has the same id, and the
 * id alone tells which record it is. In an installation's first topic the position is the record's offset; {@link IdBase} defines the position in
 * later ones.
 *
 * @param partition 0 to 255
 * @param position 0 to 2^55 - 2
 */
public record SubmissionId(int partition, long position) {

    /** The maximum number of partitions that fit into an id. */
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

    /** The id of a position, rather than of an offset. */
    public static SubmissionId ofPosition(int partition, long position) {
        return new SubmissionId(partition, position);
    }

    /** The id as clients see it: a positive number, below 2^53 for the first 3.5·10^13 positions of a partition. */
    public long value() {
        return ((position + 1) << PARTITION_BITS) | partition;
    }

    /** Whether {@code value} is a possible id: positive, and not below the ids of the first position. */
    public static boolean isValid(long value) {
        return value >> PARTITION_BITS >= 1;
    }

    /**
     * Parses a submission id.
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
