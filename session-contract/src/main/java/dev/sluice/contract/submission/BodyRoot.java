package dev.sluice.contract.submission;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/** The root of every submission: one JSON object and nothing else. */
final class BodyRoot {

    static final String BEYOND_READING = "Nested deeper than " + SubmissionValidator.MAX_NESTING + " levels.";

    private BodyRoot() {}

    /** Reads the body; {@code fields} reads the object's fields, starting after its opening brace. */
    static void read(JsonParser parser, SubmissionErrors errors, Runnable fields) {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new StreamReadException(parser, "The body is empty", parser.currentLocation());
        }
        if (token == JsonToken.START_OBJECT) {
            fields.run();
        } else {
            errors.add(SubmissionErrors.NO_FIELD, Texts.invalidData(FieldReader.typeOf(token)));
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw new StreamReadException(
                    parser, "Unexpected text after the end of the JSON value", parser.currentTokenLocation());
        }
    }
}
