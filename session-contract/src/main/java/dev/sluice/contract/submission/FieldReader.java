package dev.sluice.contract.submission;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads one field's value, passes it on to the document and says what is wrong with it. Each method leaves the parser at the end of the
 * value, whatever it was. The field's name is written as given.
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

    /** The string that the parser stands at. */
    StringBytes readString() {
        string.read();
        return string;
    }

    /** Where in the body the current token starts. */
    int tokenStart() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** What the parser has read since {@code start}. */
    Slice sliceFrom(int start) {
        return new Slice(start, (int) parser.currentLocation().getByteOffset() - start);
    }

    /** What was wrong with the last {@link #choice}, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /** From the first error on the document is of no use. */
    void stopWriting() {
        sink = NoDocument.INSTANCE;
    }

    /** Reads over the value, and gives back what is said about it. */
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

    /** The choice that the value names, or null and a {@link #problem}. */
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

    /** The type's name as this API's clients know it, which is Python's. */
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
