package dev.sluice.contract.submission;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes a document's size as BSON, in bytes, without writing it. By the BSON specification 1.1 an element is a type byte, the name with a NUL, and
 * the value; an array is an object whose names are its decimal indexes.
 */
public final class DocumentSize implements DocumentSink {

    private static final int FRAME = 4 + 1;

    // The next index of each open array; -1 for an object.
    private int[] nextIndex = new int[8];
    private int depth;
    private long size = FRAME;

    public DocumentSize() {
        nextIndex[0] = -1;
    }

    @Override
    public void startObject(@Nullable FieldName name) {
        element(name, FRAME);
        push(-1);
    }

    @Override
    public void startArray(@Nullable FieldName name) {
        element(name, FRAME);
        push(0);
    }

    @Override
    public void end() {
        depth--;
    }

    @Override
    public void string(@Nullable FieldName name, byte[] text, int offset, int length) {
        element(name, 4L + length + 1);
    }

    @Override
    public void int32(@Nullable FieldName name, int value) {
        element(name, 4);
    }

    @Override
    public void int64(@Nullable FieldName name, long value) {
        element(name, 8);
    }

    @Override
    public void float64(@Nullable FieldName name, double value) {
        element(name, 8);
    }

    @Override
    public void decimal128(@Nullable FieldName name, BigDecimal value) {
        element(name, 16);
    }

    @Override
    public void bool(@Nullable FieldName name, boolean value) {
        element(name, 1);
    }

    @Override
    public void nil(@Nullable FieldName name) {
        element(name, 0);
    }

    @Override
    public long size() {
        return size;
    }

    private void element(@Nullable FieldName name, long valueBytes) {
        int nameBytes = name == null ? digits(nextIndex[depth]++) + 1 : name.length();
        size += 1 + nameBytes + valueBytes;
    }

    private void push(int index) {
        depth++;
        if (depth == nextIndex.length) {
            nextIndex = Arrays.copyOf(nextIndex, depth * 2);
        }
        nextIndex[depth] = index;
    }

    private static int digits(int index) {
        int digits = 1;
        for (long bound = 10; index >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }
}
