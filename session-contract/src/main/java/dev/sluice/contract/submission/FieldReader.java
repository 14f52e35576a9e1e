package dev.sluice.contract.submission;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one field's value, passes it on to the document and says what is wrong with it. Each method leaves the parser at the end of the
 * value, whatever it was. The field's name is written as given.
 */
final class FieldReader {

    private final JsonParser parser;
    private final JsonValues values;
    private DocumentSink sink;
    private @Nullable String problem;

    FieldReader(JsonParser parser, DocumentSink sink) {
        this.parser = parser;
        this.values = new JsonValues(parser);
        this.sink = sink;
    }

    DocumentSink sink() {
        return sink;
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
    String text(String field, JsonToken token, int maxLength, boolean blankAllowed) {
        if (token != JsonToken.VALUE_STRING) {
            return skip(token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : Texts.NOT_STRING);
        }
        char[] text = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        int length = parser.getStringLength();
        if (!blankAllowed && isBlank(text, offset, length)) {
            return Texts.NOT_BLANK;
        }
        if (length > maxLength && Character.codePointCount(text, offset, length) > maxLength) {
            return Texts.tooLong(maxLength);
        }
        int bytes = Utf8.length(text, offset, length);
        if (bytes < 0) {
            return Texts.LONE_SURROGATE;
        }
        sink.string(field, text, offset, length, bytes);
        return null;
    }

    /** The choice that the value names, or null and a {@link #problem}. */
    @Nullable
    String choice(String field, JsonToken token, Choices choices) {
        problem = null;
        if (token != JsonToken.VALUE_STRING) {
            problem = notAChoice(token);
            return null;
        }
        String choice = choices.find(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
        if (choice == null) {
            problem = Texts.notAChoice(parser.getString());
            return null;
        }
        sink.string(field, choice);
        return choice;
    }

    private String notAChoice(JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return Texts.NOT_NULL;
        }
        return token.isScalarValue() ? Texts.notAChoice(parser.getString()) : skip(Texts.NOT_STRING);
    }

    @Nullable
    String object(String field, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            return skip(token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : Texts.notAnObject(typeOf(token)));
        }
        return values.copy(field, sink);
    }

    @Nullable
    String objectOrArray(String field, JsonToken token) {
        if (!token.isStructStart()) {
            return token == JsonToken.VALUE_NULL ? Texts.NOT_NULL : Texts.notAnObjectOrArray(typeOf(token));
        }
        return values.copy(field, sink);
    }

    @Nullable
    String bool(String field, JsonToken token) {
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

    private static boolean isBlank(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (!Character.isWhitespace(text[i]) && !Character.isSpaceChar(text[i])) {
                return false;
            }
        }
        return true;
    }
}
