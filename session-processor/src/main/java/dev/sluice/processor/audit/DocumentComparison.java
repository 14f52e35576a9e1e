package dev.sluice.processor.audit;

import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Compares a submission's document with the one that follows from its record, except for the time of processing, which is not in the log. */
final class DocumentComparison {

    private static final char DATE_TIME = 0x09;
    private static final int TIME_BYTES = 8;
    // The fields before it cannot contain its type and name: they are numbers, a time and a word of ours.
    private static final ByteBuffer PROCESSED =
            StandardCharsets.US_ASCII.encode(DATE_TIME + SubmissionFields.PROCESSED + '\0');
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

    private static final List<String> TEXTS = List.of(SubmissionFields.ERRORS, SubmissionFields.REASON);

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

    /** Whether only the texts of a rejection or a dead letter differ, as if another version had written them. */
    static boolean isReworded(RawBsonDocument stored, RawBsonDocument expected, boolean isWhole) {
        BsonDocument worded = decoded(stored);
        boolean isToldWhy = TEXTS.stream()
                .anyMatch(text -> expected.containsKey(text)
                        && worded.containsKey(text)
                        && isTold(worded.get(text))
                        && worded.get(text).getBsonType() == expected.get(text).getBsonType());
        if (!isToldWhy) {
            return false;
        }
        TEXTS.forEach(text -> {
            if (expected.containsKey(text)) {
                worded.put(text, expected.get(text));
            }
        });
        return difference(raw(worded), expected, isWhole).isEmpty();
    }

    private static boolean isTold(BsonValue text) {
        return text.isDocument()
                ? !text.asDocument().isEmpty()
                : text.isString() && !text.asString().getValue().isBlank();
    }

    /** Whether a record is stored that is expected to be rejected or dead-lettered, as happens if it was decided by wider rules. */
    static boolean isRefusedNow(RawBsonDocument stored, RawBsonDocument expected) {
        return isIn(SubmissionState.STORED, stored)
                && isIn(SubmissionState.REJECTED, expected)
                && expected.getDateTime(SubmissionFields.RECEIVED).equals(stored.get(SubmissionFields.RECEIVED));
    }

    private static boolean isIn(SubmissionState state, RawBsonDocument document) {
        BsonValue kind = document.get(SubmissionFields.KIND);
        return state.kinds().stream().anyMatch(one -> new BsonString(one.slug()).equals(kind));
    }

    /** Compares the bytes before and after the time of processing, which settles nearly all documents. */
    private static boolean isSame(RawBsonDocument stored, RawBsonDocument expected) {
        ByteBuffer one = stored.getByteBuffer().asNIO().slice();
        ByteBuffer other = expected.getByteBuffer().asNIO().slice();
        int length = other.limit();
        int time = processedAt(other);
        return one.limit() == length && isSame(one, other, 0, time) && isSame(one, other, time + TIME_BYTES, length);
    }

    private static boolean isSame(ByteBuffer one, ByteBuffer other, int from, int to) {
        return one.slice(from, to - from).equals(other.slice(from, to - from));
    }

    /** The index of the value of {@code processed} in an expected document. */
    private static int processedAt(ByteBuffer document) {
        int at = 0;
        while (!document.slice(at, PROCESSED.remaining()).equals(PROCESSED)) {
            at++;
        }
        return at + PROCESSED.remaining();
    }

    private static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, CODEC);
    }

    private static BsonDocument decoded(RawBsonDocument document) {
        return document.decode(CODEC);
    }
}
