package dev.sluice.processor.audit;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Describes the ids of documents, which may be any value. */
final class StoredIds {

    private static final int SHOWN = 100;

    private StoredIds() {}

    static String text(@Nullable BsonValue id) {
        if (id == null) {
            return "without an _id";
        }
        String json = new BsonDocument("_id", id).toJson();
        String value = json.substring(json.indexOf(':') + 1, json.length() - 1).strip();
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
