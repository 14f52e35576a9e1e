package dev.sluice.contract.id;

/**
 * The number added to every id of a log ({@code ids.base}): 0 for an installation's first topic, more for a recreated topic, whose offsets restart,
 * so that no id is assigned twice. Only this class converts between offsets and positions; everything else, including the store and its progress,
 * uses positions.
 *
 * @param value 0, or a multiple of 256 up to 2^48: a note's id is 2^14 times its submission's id and has to fit into 63 bits even after another
 *     10^12 records
 */
public record IdBase(long value) {

    public static final IdBase NONE = new IdBase(0);

    public static final String EXPECTED = "0, or a multiple of 256 of at most 281474976710656";

    private static final long LARGEST = 1L << 48;

    public IdBase {
        if (!isValid(value)) {
            throw new IllegalArgumentException("ids base " + value + ": expected " + EXPECTED);
        }
    }

    public static boolean isValid(long value) {
        return value >= 0 && value <= LARGEST && value % SubmissionId.MAX_PARTITIONS == 0;
    }

    /** The smallest base that gives no record a position before {@code position}. */
    public static IdBase ofFirstPosition(long position) {
        return new IdBase(position << SubmissionId.PARTITION_BITS);
    }

    public long firstPosition() {
        return value >> SubmissionId.PARTITION_BITS;
    }

    public SubmissionId idOf(int partition, long offset) {
        return new SubmissionId(partition, position(offset));
    }

    public long position(long offset) {
        return offset + firstPosition();
    }

    /** The offset of a position; negative if the position belongs to a former topic. */
    public long offset(long position) {
        return position - firstPosition();
    }

    /** Whether {@code id} is below this log's ids: at most a former topic had a record with it. */
    public boolean isOfFormerLog(SubmissionId id) {
        return id.position() < firstPosition();
    }
}
