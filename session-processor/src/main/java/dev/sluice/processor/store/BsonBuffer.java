package dev.sluice.processor.store;

import dev.sluice.contract.submission.DocumentSink;
import dev.sluice.contract.submission.FieldName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.RawBsonDocument;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Writes BSON documents one after another into a reusable array; the validator's values go straight into their final bytes. The size of a
 * document over MongoDB's 16 MiB is still counted, but its bytes are dropped. Not thread-safe.
 */
public final class BsonBuffer implements DocumentSink {

    private static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

    private static final byte DOUBLE = 0x01;
    private static final byte STRING = 0x02;
    private static final byte DOCUMENT = 0x03;
    private static final byte ARRAY = 0x04;
    private static final byte BOOLEAN = 0x08;
    private static final byte DATE_TIME = 0x09;
    private static final byte NULL = 0x0A;
    private static final byte INT32 = 0x10;
    private static final byte INT64 = 0x12;
    private static final byte DECIMAL128 = 0x13;

    private static final int NO_ARRAY = -1;
    private static final int LENGTH_BYTES = 4;
    private static final int END_BYTES = 1;

    private final BsonBytes bytes;

    // For each open object or array, its start, and its next index or NO_ARRAY.
    private int[] starts = new int[16];
    private int[] nextIndex = new int[16];
    private int depth = -1;

    private long spilled;
    private int countedFrom;
    private int[] ends = new int[64];
    private int documents;

    /** A buffer that never shrinks. */
    public BsonBuffer() {
        this(Long.MAX_VALUE);
    }

    /** A buffer that keeps at most {@code mostKept} bytes when cleared. */
    public BsonBuffer(long mostKept) {
        this.bytes = new BsonBytes(mostKept);
    }

    /** Removes all documents and keeps the memory up to the limit. Documents obtained earlier must not be used any more. */
    public void clear() {
        bytes.clear();
        documents = 0;
        depth = -1;
    }

    /** Starts a document, discarding an unfinished one. */
    public void begin() {
        bytes.truncate(usedBytes());
        depth = -1;
        spilled = 0;
        countedFrom = bytes.position();
        push(NO_ARRAY);
    }

    /** Ends the document and keeps it. */
    public void finish() {
        if (depth != 0 || spilled > 0) {
            throw new IllegalStateException(
                    "a document with " + depth + " open values, " + spilled + " bytes too long, cannot be kept");
        }
        end();
        if (documents == ends.length) {
            ends = Arrays.copyOf(ends, documents * 2);
        }
        ends[documents++] = bytes.position();
    }

    /** Copies the fields of another buffer's finished document into the current document. */
    void copyFields(BsonBuffer source, int document) {
        int start = (document == 0 ? 0 : source.ends[document - 1]) + LENGTH_BYTES;
        int length = source.ends[document] - END_BYTES - start;
        bytes.reserve(length);
        bytes.put(source.bytes.array(), start, length);
    }

    /** The number of finished documents. */
    public int count() {
        return documents;
    }

    /** The total size of the finished documents. */
    public int usedBytes() {
        return documents == 0 ? 0 : ends[documents - 1];
    }

    /** The finished documents, in order. They share this buffer's memory until {@link #clear}. */
    public List<RawBsonDocument> documents() {
        List<RawBsonDocument> all = new ArrayList<>(documents);
        int start = 0;
        for (int i = 0; i < documents; i++) {
            all.add(new RawBsonDocument(bytes.array(), start, ends[i] - start));
            start = ends[i];
        }
        return all;
    }

    @Override
    public void startObject(@Nullable FieldName name) {
        element(DOCUMENT, name, LENGTH_BYTES);
        push(NO_ARRAY);
    }

    @Override
    public void startArray(@Nullable FieldName name) {
        element(ARRAY, name, LENGTH_BYTES);
        push(0);
    }

    @Override
    public void end() {
        bytes.reserve(END_BYTES);
        bytes.put((byte) 0);
        if (spilled == 0) {
            bytes.patchInt32(starts[depth], bytes.position() - starts[depth]);
        }
        depth--;
    }

    @Override
    public void string(@Nullable FieldName name, byte[] text, int offset, int length) {
        element(STRING, name, LENGTH_BYTES);
        bytes.putString(text, offset, length);
    }

    void string(@Nullable FieldName name, String text) {
        element(STRING, name, LENGTH_BYTES);
        bytes.putString(text);
    }

    @Override
    public void int32(@Nullable FieldName name, int value) {
        element(INT32, name, 4);
        bytes.putInt32(value);
    }

    @Override
    public void int64(@Nullable FieldName name, long value) {
        element(INT64, name, 8);
        bytes.putInt64(value);
    }

    @Override
    public void float64(@Nullable FieldName name, double value) {
        element(DOUBLE, name, 8);
        bytes.putInt64(Double.doubleToRawLongBits(value));
    }

    @Override
    public void decimal128(@Nullable FieldName name, BigDecimal value) {
        Decimal128 decimal = new Decimal128(value);
        element(DECIMAL128, name, 16);
        bytes.putInt64(decimal.getLow());
        bytes.putInt64(decimal.getHigh());
    }

    @Override
    public void bool(@Nullable FieldName name, boolean value) {
        element(BOOLEAN, name, 1);
        bytes.put((byte) (value ? 1 : 0));
    }

    @Override
    public void nil(@Nullable FieldName name) {
        element(NULL, name, 0);
    }

    /** A point in time, in milliseconds since 1970. */
    void dateTime(FieldName name, long epochMillis) {
        element(DATE_TIME, name, 8);
        bytes.putInt64(epochMillis);
    }

    @Override
    public long size() {
        return spilled + bytes.position() - countedFrom + depth + 1;
    }

    private void element(byte type, @Nullable FieldName name, int valueBytes) {
        if (bytes.position() - usedBytes() > MAX_DOCUMENT_BYTES) {
            spill();
        }
        bytes.reserve(1 + BsonBytes.MAX_INDEX_DIGITS + 1 + valueBytes);
        bytes.put(type);
        if (name == null) {
            bytes.putIndex(nextIndex[depth]++);
        } else {
            bytes.putName(name);
        }
        bytes.reserve(valueBytes);
    }

    /** The document is already too large and only its size still matters, so its bytes are overwritten. */
    private void spill() {
        spilled += bytes.position() - countedFrom;
        bytes.truncate(usedBytes());
        countedFrom = usedBytes();
    }

    private void push(int index) {
        depth++;
        if (depth == starts.length) {
            starts = Arrays.copyOf(starts, depth * 2);
            nextIndex = Arrays.copyOf(nextIndex, depth * 2);
        }
        starts[depth] = bytes.position();
        nextIndex[depth] = index;
        bytes.reserve(LENGTH_BYTES);
        bytes.putInt32(0);
    }
}
