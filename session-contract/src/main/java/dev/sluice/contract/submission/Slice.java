package dev.sluice.contract.submission;

import java.util.Arrays;

/**
 * A part of a body.
 *
 * @param offset first byte
 * @param length in bytes; 0 for no part
 */
public record Slice(int offset, int length) {

    /** No part. */
    public static final Slice EMPTY = new Slice(0, 0);

    /** Whether it has no bytes. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** The bytes of the part. */
    public byte[] of(byte[] body) {
        return Arrays.copyOfRange(body, offset, offset + length);
    }
}
