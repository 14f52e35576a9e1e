package dev.sluice.contract.submission;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads one field's value, passes it on to the document under the given name, and returns the error, if any. Each method leaves the parser at the end
 * of the value, whatever the value is.
 */
final class FieldReader {

    private final BodyParser parser;
    private final StringBytes string;
    private final JsonValues values;
    private DocumentSink sink;
    private @Nullable String problem;

    FieldReader(BodyParser parser, DocumentSink sink) {
        this.parser = parser;
        this.string = new StringBytes(parser);
        this.values = new JsonValues(parser, string);
        this.sink = sink;
    }

    DocumentSink sink() {
        return sink;
    }

    /** Reads the parser's current string. */
    StringBytes readString() {
        string.read();
        return string;
    }

    /** The position of the current token in the body. */
    int tokenStart() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The part of the body read since {@code start}. */
    Slice sliceFrom(int start) {
        return new Slice(start, (int) parser.currentLocation().getByteOffset() - start);
    }

    /** The error of the last {@link #choice}, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Stops writing the document, which is useless after the first error. */
    void stopWriting() {
        sink = NoDocument.INSTANCE;
    }

    /** Skips the value and returns {@code text}, the error about it. */
    String skip(String text) {
        parser.skipChildren();
        return text;
    }

    @Nullable
    String text(FieldName field, JsonToken token, int maxLength, boolean blankAllowed) {
        if (token != JsonToken.VALUE_STRING) {
            return skip(token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : Texts.NOT_STRING);
        }
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

    /** The last {@link #text}, as a string. */
    String lastText() {
        return string.text();
    }

    /** Returns the choice the value names; or null, with the error in {@link #problem}. */
    @Nullable
    <T> T choice(FieldName field, JsonToken token, Choices<T> choices) {
        problem = null;
        if (token != JsonToken.VALUE_STRING) {
            problem = notAChoice(token);
            return null;
        }
        string.read();
        T choice = choices.find(string);
        if (choice == null) {
            problem = Texts.notAChoice(string.text());
            return null;
        }
        sink.string(field, string.array(), string.offset(), string.length());
        return choice;
    }

    private String notAChoice(JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return Texts.NOT_NULL;
        }
        return token.isScalarValue() ? Texts.notAChoice(parser.getString()) : skip(Texts.NOT_STRING);
    }

    @Nullable
    String object(FieldName field, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            return skip(token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : Texts.notAnObject(typeOf(token)));
        }
        return values.copy(field, sink);
    }

    @Nullable
    String objectOrArray(FieldName field, JsonToken token) {
        if (!token.isStructStart()) {
            return token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : Texts.notAnObjectOrArray(typeOf(token));
        }
        return values.copy(field, sink);
    }

    @Nullable
    String bool(FieldName field, JsonToken token) {
        if (!token.isBoolean()) {
            return skip(token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : Texts.NOT_BOOLEAN);
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
