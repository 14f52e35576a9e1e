package dev.sluice.contract.id;

/**
 * What is added to every id of a log ({@code ids.base}): 0 for the first topic, more for one that was made anew, whose offsets start again,
 * so that no id is given twice. It is the one place that knows which position a record's offset stands for; everything else, the store and
 * its progress included, goes by positions.
 *
 * @param value 0, or a multiple of 256 of at most 2^48: the id of a note is 2^14 times that of its submission, and has to fit into 63 bits after
 *     10^12 records more as well
 */
public record IdBase(long value) {

    /** That of an installation's first topic. */
    public static final IdBase NONE = new IdBase(0);

    /** What a base has to be, for people. */
    public static final String EXPECTED = "0, or a multiple of 256 of at most 281474976710656";

    private static final long LARGEST = 1L << 48;

    public IdBase {
        if (!isValid(value)) {
            throw new IllegalArgumentException("ids base " + value + ": expected " + EXPECTED);
        }
    }

    /** Whether {@code value} can be a base. */
    public static boolean isValid(long value) {
        return value >= 0 && value <= LARGEST && value % SubmissionId.MAX_PARTITIONS == 0;
    }

    /** The smallest base with which no record gets a position before {@code position}. */
    public static IdBase ofFirstPosition(long position) {
        return new IdBase(position << SubmissionId.PARTITION_BITS);
    }

    /** The position of the record at offset 0. */
    public long firstPosition() {
        return value >> SubmissionId.PARTITION_BITS;
    }

    /** The id of the record at a place of the log. */
    public SubmissionId idOf(int partition, long offset) {
        return new SubmissionId(partition, position(offset));
    }

    /** The position that an offset stands for. */
    public long position(long offset) {
        return offset + firstPosition();
    }

    /** The offset that a position stands for; negative if it is one of a former topic. */
    public long offset(long position) {
        return position - firstPosition();
    }

    /** Whether an id was given to a record of a former topic, if to any: this log never had it. */
    public boolean isOfFormerLog(SubmissionId id) {
        return id.position() < firstPosition();
    }
}
