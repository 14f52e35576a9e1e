package dev.sluice.processor.store;

import dev.sluice.contract.submission.FieldName;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array that writes numbers, names and texts in BSON's encoding. Callers reserve room before they put a number. */
final class BsonBytes {

    static final int MAX_INDEX_DIGITS = 10;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FIRST_BYTES = 64 * 1024;

    private final long mostKept;
    private byte[] array = new byte[FIRST_BYTES];
    private int position;

    /**
     * @param mostKept how many bytes it keeps when cleared, so that a large submission does not enlarge it for ever
     */
    BsonBytes(long mostKept) {
        this.mostKept = Math.max(FIRST_BYTES, mostKept);
    }

    byte[] array() {
        return array;
    }

    int position() {
        return position;
    }

    void clear() {
        position = 0;
        if (array.length > mostKept) {
            array = new byte[FIRST_BYTES];
        }
    }

    void truncate(int newPosition) {
        position = newPosition;
    }

    void reserve(int more) {
        if (array.length - position < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(position, more)));
        }
    }

    void put(byte value) {
        array[position++] = value;
    }

    void put(byte[] source, int offset, int length) {
        System.arraycopy(source, offset, array, position, length);
        position += length;
    }

    void putInt32(int value) {
        INT.set(array, position, value);
        position += 4;
    }

    void putInt64(long value) {
        LONG.set(array, position, value);
        position += 8;
    }

    void patchInt32(int at, int value) {
        INT.set(array, at, value);
    }

    /** Writes an array index as a name. */
    void putIndex(int index) {
        int digits = 1;
        for (int rest = index; rest >= 10; rest /= 10) {
            digits++;
        }
        int rest = index;
        for (int at = position + digits - 1; at >= position; at--) {
            array[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        position += digits;
        put((byte) 0);
    }

    void putName(FieldName name) {
        reserve(name.length());
        position = name.writeTo(array, position);
    }

    /** Writes a UTF-8 text: its length including the NUL, the bytes, a NUL. The four bytes of the length must be reserved. */
    void putString(byte[] utf8, int offset, int length) {
        putInt32(length + 1);
        reserve(length + 1);
        put(utf8, offset, length);
        put((byte) 0);
    }

    /** Writes a text in UTF-8, with a question mark for each unpaired surrogate. */
    void putString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putString(utf8, 0, utf8.length);
    }
}
