package dev.sluice.processor.audit;

import dev.sluice.processor.store.SubmissionFields;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Compares a submission's document with the one that follows from its record, except for the time of processing, which is not in the log. */
final class DocumentComparison {

    private static final byte STRING = 0x02;
    private static final byte DATE_TIME = 0x09;
    private static final byte INT64 = 0x12;
    private static final int WORD_BYTES = 8;
    private static final int LENGTH_BYTES = 4;
    private static final byte[] PROCESSED = SubmissionFields.PROCESSED.getBytes(StandardCharsets.UTF_8);
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    // The fields that the server itself writes. All others may quote a body.
    private static final Set<String> SHOWN = Set.of(
            SubmissionFields.ID,
            SubmissionFields.KIND,
            SubmissionFields.PROJECT,
            SubmissionFields.RECEIVED,
            SubmissionFields.RESUBMISSION_OF,
            SubmissionFields.ANALYSIS_SESSION,
            SubmissionFields.OF);

    private static final List<String> UNKNOWN_WITHOUT_ALL =
            List.of(SubmissionFields.VERIFICATIONS, SubmissionFields.VERIFICATIONS_TOTAL);

    private DocumentComparison() {}

    /**
     * Describes the first difference; empty if there is none.
     *
     * @param isWhole whether the log still has all earlier records, without which a submission's effect on its tasks' statuses is unknown
     */
    static Optional<String> difference(RawBsonDocument stored, RawBsonDocument expected, boolean isWhole) {
        if (isSame(stored, expected)) {
            return Optional.empty();
        }
        BsonDocument one = decoded(stored);
        BsonDocument other = decoded(expected);
        if (one.isDateTime(SubmissionFields.PROCESSED)) {
            other.put(SubmissionFields.PROCESSED, one.get(SubmissionFields.PROCESSED));
        }
        if (!isWhole) {
            UNKNOWN_WITHOUT_ALL.forEach(field -> {
                one.remove(field);
                other.remove(field);
            });
        }
        return Difference.between(one, other)
                .map(difference -> SHOWN.contains(difference.path()) ? difference.inFull() : difference.placeOnly());
    }

    /** Compares bytes, which settles nearly all documents. */
    private static boolean isSame(RawBsonDocument stored, RawBsonDocument expected) {
        ByteBuffer one = stored.getByteBuffer().asNIO();
        ByteBuffer other = expected.getByteBuffer().asNIO();
        int length = other.remaining();
        if (one.remaining() != length) {
            return false;
        }
        int first = one.mismatch(other);
        if (first < 0) {
            return true;
        }
        int masked = processedAt(other);
        int after = masked + WORD_BYTES;
        return first >= masked
                && first < after
                && one.slice(one.position() + after, length - after)
                                .mismatch(other.slice(other.position() + after, length - after))
                        < 0;
    }

    /** The index of the value of {@code processed} in an expected document: one of the first fields, which all have simple types. */
    private static int processedAt(ByteBuffer document) {
        ByteBuffer bytes = document.slice().order(ByteOrder.LITTLE_ENDIAN);
        int at = LENGTH_BYTES;
        while (true) {
            byte type = bytes.get(at);
            int name = at + 1;
            int end = name;
            while (bytes.get(end) != 0) {
                end++;
            }
            int value = end + 1;
            if (isProcessed(bytes, name, end)) {
                return value;
            }
            at = switch (type) {
                case INT64, DATE_TIME -> value + WORD_BYTES;
                case STRING -> value + LENGTH_BYTES + bytes.getInt(value);
                default ->
                    throw new IllegalStateException(
                            "a document of ours has a field of type " + type + " before " + SubmissionFields.PROCESSED);
            };
        }
    }

    private static boolean isProcessed(ByteBuffer bytes, int from, int to) {
        byte[] name = new byte[to - from];
        bytes.get(from, name);
        return Arrays.equals(name, PROCESSED);
    }

    private static BsonDocument decoded(RawBsonDocument document) {
        return document.decode(CODEC);
    }
}
