package dev.sluice.processor.audit;

import dev.sluice.contract.submission.Texts;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The first place where a stored value differs from the expected one.
 *
 * @param path field names and indexes from the document's root, as in {@code notes.0.status}
 * @param stored the stored value; null if there is none
 * @param expected the expected value; null if there should be none
 */
record Difference(
        String path, @Nullable BsonValue stored, @Nullable BsonValue expected) {

    /** Empty if the values are equal; types matter, the order of fields does not. */
    static Optional<Difference> between(BsonDocument stored, BsonDocument expected) {
        return Optional.ofNullable(between("", stored, expected));
    }

    /** Describes the difference with the stored and the expected value, if these may be shown. */
    String inFull() {
        return path + " is " + text(stored) + ": expected " + text(expected);
    }

    /** Describes the difference without the values, if these come from submitters. */
    String placeOnly() {
        return expected == null
                ? path + " should not be there"
                : stored == null ? path + " is missing" : path + " is another value";
    }

    private static @Nullable Difference between(String path, @Nullable BsonValue stored, @Nullable BsonValue expected) {
        if (stored instanceof BsonDocument one && expected instanceof BsonDocument other) {
            return betweenFields(path, one, other);
        }
        if (stored instanceof BsonArray one && expected instanceof BsonArray other && one.size() == other.size()) {
            return betweenItems(path, one, other);
        }
        return stored != null && stored.equals(expected) ? null : new Difference(path, stored, expected);
    }

    private static @Nullable Difference betweenFields(String path, BsonDocument stored, BsonDocument expected) {
        for (Map.Entry<String, BsonValue> field : expected.entrySet()) {
            Difference difference = between(below(path, field.getKey()), stored.get(field.getKey()), field.getValue());
            if (difference != null) {
                return difference;
            }
        }
        for (Map.Entry<String, BsonValue> field : stored.entrySet()) {
            if (!expected.containsKey(field.getKey())) {
                return new Difference(below(path, field.getKey()), field.getValue(), null);
            }
        }
        return null;
    }

    private static @Nullable Difference betweenItems(String path, BsonArray stored, BsonArray expected) {
        for (int i = 0; i < expected.size(); i++) {
            Difference difference = between(below(path, Integer.toString(i)), stored.get(i), expected.get(i));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static String below(String path, String name) {
        String shown = Texts.cut(name);
        return path.isEmpty() ? shown : path + "." + shown;
    }

    private static String text(@Nullable BsonValue value) {
        if (value == null) {
            return "missing";
        }
        String text =
                switch (value.getBsonType()) {
                    case STRING -> '"' + value.asString().getValue() + '"';
                    case INT32, INT64 -> Long.toString(value.asNumber().longValue());
                    case DATE_TIME ->
                        Instant.ofEpochMilli(value.asDateTime().getValue()).toString();
                    case DOCUMENT -> value.asDocument().toJson();
                    default -> "a " + value.getBsonType().name().toLowerCase(Locale.ROOT);
                };
        return Texts.cut(text);
    }
}
