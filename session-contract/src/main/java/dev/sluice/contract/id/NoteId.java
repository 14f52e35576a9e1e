package dev.sluice.contract.id;

/**
 * A note's id, which includes the id of the submission that contains the note: {@code (submission id << 14) | index}.
 *
 * @param submission the id of the submission that contains the note, below 2^49
 * @param index 1 to 10,000 for a note embedded in a session, in the order of the body; 0 for a lone note
 */
public record NoteId(long submission, int index) {

    private static final int INDEX_BITS = 14;
    private static final int MAX_INDEX = (1 << INDEX_BITS) - 1;

    public NoteId {
        if (!SubmissionId.isValid(submission) || submission > Long.MAX_VALUE >> INDEX_BITS) {
            throw new IllegalArgumentException(submission + " is not the id of a submission that can hold notes");
        }
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException("index " + index + " is not within 0 to " + MAX_INDEX);
        }
    }

    public long value() {
        return (submission << INDEX_BITS) | index;
    }

    public static boolean isValid(long value) {
        return SubmissionId.isValid(submissionOf(value));
    }

    /** The submission part of any number, valid note id or not: clients choose where a page starts. */
    public static long submissionOf(long value) {
        return value >> INDEX_BITS;
    }

    /**
     * Parses a note id.
     *
     * @throws IllegalArgumentException if {@link #isValid} does not hold
     */
    public static NoteId of(long value) {
        return new NoteId(submissionOf(value), (int) (value & MAX_INDEX));
    }
}
