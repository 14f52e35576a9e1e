package dev.sluice.contract.submission;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Receives a submission's document piece by piece while the validator streams through the body. The document has only fields of the contract, in the
 * order of the body. Pieces of objects come with their name, pieces of arrays with null.
 *
 * <p>After the first error no more pieces come, and the document stays unfinished.
 */
public interface DocumentSink {

    void startObject(@Nullable FieldName name);

    void startArray(@Nullable FieldName name);

    void end();

    /** Text in well-formed UTF-8. The array is the body or a buffer of the validator; do not keep it. */
    void string(@Nullable FieldName name, byte[] text, int offset, int length);

    void int32(@Nullable FieldName name, int value);

    void int64(@Nullable FieldName name, long value);

    void float64(@Nullable FieldName name, double value);

    /** A number that decimal128 represents exactly, but neither a 64-bit integer nor a double does. */
    void decimal128(@Nullable FieldName name, BigDecimal value);

    void bool(@Nullable FieldName name, boolean value);

    void nil(@Nullable FieldName name);

    /** The document's size so far as BSON, in bytes, as if every open object and array ended here. */
    long size();
}
