package dev.sluice.contract.submission;

/** A part of a body, in bytes; one of length 0 is absent. */
public record Slice(int offset, int length) {

    public static final Slice EMPTY = new Slice(0, 0);

    public boolean isEmpty() {
        return length == 0;
    }
}
