package dev.sluice.contract.submission;

import java.util.Arrays;

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

    /** Returns a copy of the part's bytes. */
    public byte[] of(byte[] body) {
        return Arrays.copyOfRange(body, offset, offset + length);
    }
}
