package dev.sluice.contract.submission;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Takes the document that is stored for a submission, piece by piece, while the validator streams through the body: only fields that the
 * contract knows, names and values in the order of the body. Pieces of objects come with their name, pieces of arrays with null.
 *
 * <p>Once something invalid was found no more pieces come, and the document is left unfinished.
 */
public interface DocumentSink {

    void startObject(@Nullable FieldName name);

    void startArray(@Nullable FieldName name);

    /** Ends the innermost object or array. */
    void end();

    /** Text in well-formed UTF-8. The array is the body or the validator's own, and must not be kept. */
    void string(@Nullable FieldName name, byte[] text, int offset, int length);

    void string(@Nullable FieldName name, String text);

    void int32(@Nullable FieldName name, int value);

    void int64(@Nullable FieldName name, long value);

    void float64(@Nullable FieldName name, double value);

    /** A number that a decimal128 holds exactly, and that neither a 64-bit integer nor a double does. */
    void decimal128(@Nullable FieldName name, BigDecimal value);

    void bool(@Nullable FieldName name, boolean value);

    void nil(@Nullable FieldName name);

    /** Bytes that the document takes so far as BSON, as if everything open were ended now. */
    long size();
}
