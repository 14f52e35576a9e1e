package dev.sluice.contract.submission;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads one field's value, passes it on to the document under the given name, and returns the error, or null; {@code last…} then gives what was read.
 * Each method leaves the parser at the end of the value, whatever the value is.
 */
final class FieldReader {

    private final BodyParser parser;
    private final StringBytes string;
    private final JsonValues values;
    private DocumentSink sink;
    private int start;
    private int choice;

    FieldReader(BodyParser parser, DocumentSink sink) {
        this.parser = parser;
        this.string = new StringBytes(parser);
        this.values = new JsonValues(parser, string);
        this.sink = sink;
    }

    DocumentSink sink() {
        return sink;
    }

    StringBytes readString() {
        string.read();
        return string;
    }

    /** Stops writing the document, which is useless after the first error. */
    void stopWriting() {
        sink = NoDocument.INSTANCE;
    }

    String skip(String text) {
        parser.skipChildren();
        return text;
    }

    /** Skips a value of a wrong type and returns the error: {@code text}, unless the value is null. */
    String wrongType(JsonToken token, String text) {
        return skip(token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : text);
    }

    @Nullable
    String text(FieldName field, JsonToken token, int maxLength, boolean blankAllowed) {
        if (token != JsonToken.VALUE_STRING) {
            return wrongType(token, Texts.NOT_STRING);
        }
        start = parser.tokenStart();
        string.read();
        if (!blankAllowed && string.isBlank()) {
            return Texts.NOT_BLANK;
        }
        if (string.isLongerThan(maxLength)) {
            return Texts.tooLong(maxLength);
        }
        if (!string.isWhole()) {
            return Texts.LONE_SURROGATE;
        }
        sink.string(field, string.array(), string.offset(), string.length());
        return null;
    }

    String lastText() {
        return string.text();
    }

    @Nullable
    String choice(FieldName field, JsonToken token, Choices<?> choices) {
        choice = Choices.NONE;
        if (token != JsonToken.VALUE_STRING) {
            return token == JsonToken.VALUE_NULL || token.isStructStart()
                    ? wrongType(token, Texts.NOT_STRING)
                    : Texts.notAChoice(parser.getString());
        }
        string.read();
        choice = choices.find(string);
        if (choice == Choices.NONE) {
            return Texts.notAChoice(string.text());
        }
        sink.string(field, string.array(), string.offset(), string.length());
        return null;
    }

    /** The last {@link #choice}, which was one of {@code choices}; null if there was an error. */
    @Nullable
    <T> T lastChoice(Choices<T> choices) {
        return choices.get(choice);
    }

    @Nullable
    String object(FieldName field, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            return wrongType(token, Texts.notAnObject(typeOf(token)));
        }
        start = parser.tokenStart();
        return values.copy(field, sink);
    }

    @Nullable
    String objectOrArray(FieldName field, JsonToken token) {
        if (!token.isStructStart()) {
            return wrongType(token, Texts.notAnObjectOrArray(typeOf(token)));
        }
        start = parser.tokenStart();
        return values.copy(field, sink);
    }

    /** The part of the body that the last {@link #text}, {@link #object} or {@link #objectOrArray} takes. */
    Slice lastSlice() {
        return new Slice(start, parser.tokenEnd() - start);
    }

    @Nullable
    String bool(FieldName field, JsonToken token) {
        if (!token.isBoolean()) {
            return wrongType(token, Texts.NOT_BOOLEAN);
        }
        sink.bool(field, token == JsonToken.VALUE_TRUE);
        return null;
    }

    /** The type's name as clients of this API know it, which is Python's. */
    static String typeOf(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "dict";
            case START_ARRAY -> "list";
            case VALUE_STRING -> "str";
            case VALUE_NUMBER_INT -> "int";
            case VALUE_NUMBER_FLOAT -> "float";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            case VALUE_NULL -> "NoneType";
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalArgumentException(token + " does not start a value");
        };
    }
}
