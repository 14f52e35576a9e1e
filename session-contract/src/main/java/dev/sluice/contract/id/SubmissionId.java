package dev.sluice.contract.id;

/**
 * A submission's id: its place in the log. {@code id = base + (((offset + 1) << 8) | partition)}, so a redelivered record always has the
 * same id, and from an id anyone can tell which record it is. The base is 0 unless a topic was made anew (see {@code ids.base}).
 *
 * @param partition 0 to 255
 * @param offset 0 to 2^55 - 2
 */
public record SubmissionId(int partition, long offset) {

    /** At most this many partitions fit into an id. */
    public static final int MAX_PARTITIONS = 256;

    private static final int PARTITION_BITS = 8;
    private static final long MAX_OFFSET = (Long.MAX_VALUE >> PARTITION_BITS) - 1;

    public SubmissionId {
        if (partition < 0 || partition >= MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    "partition " + partition + " is not within 0 to " + (MAX_PARTITIONS - 1));
        }
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new IllegalArgumentException("offset " + offset + " is not within 0 to " + MAX_OFFSET);
        }
    }

    /** The id as clients see it, without a base: a positive number, below 2^53 for the first 3.5·10^13 records of a partition. */
    public long value() {
        return ((offset + 1) << PARTITION_BITS) | partition;
    }

    /** Whether {@code value} is the id of any record at all: positive, and not below the first offset's ids. */
    public static boolean isValid(long value) {
        return value >> PARTITION_BITS >= 1;
    }

    /**
     * The record that an id stands for.
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
