package dev.sluice.contract.submission;

import dev.sluice.contract.text.Json;
import java.nio.charset.StandardCharsets;

/** Runs the validator for project 1 and returns what a client would see. */
final class Validating {

    static final String NOTE = """
            {"task":"1-T6","behaviour":"replace","confidence":"high","findings":{},"status":"pass"}""";

    private static final SubmissionValidator VALIDATOR = new SubmissionValidator();

    private Validating() {}

    static Validation<SessionSummary> validate(String body) {
        return validate(body.getBytes(StandardCharsets.UTF_8));
    }

    static Validation<SessionSummary> validate(byte[] body) {
        return VALIDATOR.validateSession(body, 1, new DocumentSize());
    }

    static Validation<SessionSummary> validate(String body, DocumentSize sink) {
        return VALIDATOR.validateSession(body.getBytes(StandardCharsets.UTF_8), 1, sink);
    }

    static String text(Slice part, String body) {
        return new String(body.getBytes(StandardCharsets.UTF_8), part.offset(), part.length(), StandardCharsets.UTF_8);
    }

    static String session(String moreFields) {
        return "{\"analysis_ref\":\"zero.webappsecurity.com\",\"analysis_type\":\"webinspect\"" + moreFields + "}";
    }

    static String sessionWithNote(String field, String value) {
        String note = NOTE.substring(0, NOTE.length() - 1);
        String known = "\"" + field + "\":";
        String changed = note.contains(known)
                ? note.replaceAll(known + "(\"[^\"]*\"|\\{})", java.util.regex.Matcher.quoteReplacement(known + value))
                : note + "," + known + value;
        return session(",\"notes\":[" + changed + "}]");
    }

    static String told(String body) {
        return told(validate(body));
    }

    static String told(Validation<?> validation) {
        return switch (validation) {
            case Validation.Valid<?> valid -> "valid";
            case Validation.Invalid<?> invalid -> json(invalid.errors());
            case Validation.Unreadable<?> unreadable -> unreadable.reason();
            case Validation.TooLarge<?> tooLarge -> tooLarge.reason();
        };
    }

    static String json(SubmissionErrors errors) {
        return new String(Json.write(errors::writeTo), StandardCharsets.UTF_8);
    }
}
