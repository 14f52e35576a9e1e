package dev.sluice.contract.submission;

/**
 * A part of a body.
 *
 * @param offset the first byte
 * @param length in bytes; 0 for an absent part
 */
public record Slice(int offset, int length) {

    /** An absent part. */
    public static final Slice EMPTY = new Slice(0, 0);

    /** Whether it has no bytes. */
    public boolean isEmpty() {
        return length == 0;
    }
}
