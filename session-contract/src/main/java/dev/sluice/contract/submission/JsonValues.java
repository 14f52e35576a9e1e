package dev.sluice.contract.submission;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Passes any JSON value on to a sink and checks that MongoDB can store it exactly: names have no NUL and are unique per object, nesting is at most
 * {@value #MAX_DEPTH} levels, text has no lone surrogates, and a type exists for every number.
 */
final class JsonValues {

    /** The maximum nesting of objects and arrays in one value, including the value itself. */
    static final int MAX_DEPTH = 64;

    private final BodyParser parser;
    private final StringBytes string;
    private final NameScopes scopes = new NameScopes();

    JsonValues(BodyParser parser, StringBytes string) {
        this.parser = parser;
        this.string = string;
    }

    /**
     * Passes on the object or array at the parser's current token and returns the first error, or null. Leaves the parser at the value's end either
     * way.
     */
    @Nullable
    String copy(FieldName name, DocumentSink sink) {
        int outer = 0;
        // The name of the next value; null in an array.
        @Nullable FieldName field = name;
        scopes.clear();
        JsonToken token = parser.currentToken();
        while (true) {
            String problem;
            if (token == JsonToken.PROPERTY_NAME) {
                field = FieldName.of(parser.currentName());
                problem = checkName(field);
            } else {
                problem = value(token, field, sink);
                field = null;
            }
            if (problem == null && token.isStructStart() && ++outer > MAX_DEPTH) {
                problem = "Nested deeper than " + MAX_DEPTH + " levels.";
            }
            if (problem != null) {
                skipRest(outer);
                return problem;
            }
            if (token.isStructEnd() && --outer == 0) {
                return null;
            }
            token = parser.nextToken();
        }
    }

    private @Nullable String value(JsonToken token, @Nullable FieldName name, DocumentSink sink) {
        switch (token) {
            case START_OBJECT -> {
                scopes.open();
                sink.startObject(name);
            }
            case START_ARRAY -> sink.startArray(name);
            case END_OBJECT -> {
                scopes.close();
                sink.end();
            }
            case END_ARRAY -> sink.end();
            case VALUE_STRING -> {
                return string(name, sink);
            }
            case VALUE_NUMBER_INT -> {
                return integer(name, sink);
            }
            case VALUE_NUMBER_FLOAT -> {
                return ExactNumbers.write(parser, false, name, sink);
            }
            case VALUE_TRUE -> sink.bool(name, true);
            case VALUE_FALSE -> sink.bool(name, false);
            case VALUE_NULL -> sink.nil(name);
            case PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("a JSON parser over bytes gave " + token + " for a value");
        }
        return null;
    }

    private @Nullable String string(@Nullable FieldName name, DocumentSink sink) {
        string.read();
        if (!string.isWhole()) {
            return Texts.LONE_SURROGATE;
        }
        sink.string(name, string.array(), string.offset(), string.length());
        return null;
    }

    private @Nullable String integer(@Nullable FieldName name, DocumentSink sink) {
        switch (parser.getNumberType()) {
            case INT -> sink.int32(name, parser.getIntValue());
            case LONG -> sink.int64(name, parser.getLongValue());
            default -> {
                return ExactNumbers.write(parser, true, name, sink);
            }
        }
        return null;
    }

    private @Nullable String checkName(FieldName name) {
        String text = name.text();
        if (!name.isStorable()) {
            return text.indexOf('\0') < 0
                    ? Texts.LONE_SURROGATE
                    : "The field name " + Texts.quote(text) + " holds a NUL character, which cannot be stored.";
        }
        if (!scopes.add(text)) {
            return "The field name " + Texts.quote(text) + " is given twice in one object.";
        }
        return null;
    }

    /** Reads to the end of the value that {@link #copy} began, past {@code open} open objects and arrays. */
    private void skipRest(int open) {
        int outer = open;
        while (outer > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                outer++;
            } else if (token.isStructEnd()) {
                outer--;
            }
        }
    }
}
