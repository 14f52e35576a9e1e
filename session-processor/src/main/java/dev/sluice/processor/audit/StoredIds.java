package dev.sluice.processor.audit;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.Texts;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Describes the ids of documents, which may be any value. */
final class StoredIds {

    private StoredIds() {}

    /** The submission that a value names; null if it is no submission's id. */
    static @Nullable SubmissionId submission(@Nullable BsonValue value) {
        return value != null
                        && value.isInt64()
                        && SubmissionId.isValid(value.asInt64().getValue())
                ? SubmissionId.of(value.asInt64().getValue())
                : null;
    }

    static String text(@Nullable BsonValue id) {
        if (id == null) {
            return "without an _id";
        }
        String json = new BsonDocument("_id", id).toJson();
        return Texts.cut(
                json.substring(json.indexOf(':') + 1, json.length() - 1).strip());
    }
}
