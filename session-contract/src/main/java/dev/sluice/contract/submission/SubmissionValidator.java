package dev.sluice.contract.submission;

import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * The one set of rules for what may be submitted. ingest-api runs it so that an HTTP client gets every error at once and nothing invalid is
 * published; session-processor runs it again on every record, because the topic is open to other producers. One pass over the bytes,
 * memory bounded by the body's size, nothing kept between calls; safe for many threads.
 */
public final class SubmissionValidator {

    /** The most notes a session may embed. */
    public static final int MAX_NOTES = 10_000;

    /** Bytes of MongoDB's 16 MiB that are kept free for what the server adds: ids, times, the updater. */
    public static final int DOCUMENT_HEADROOM = 64 * 1024;

    /** The most bytes a submission's document may take as BSON. */
    public static final long MAX_DOCUMENT_BYTES = 16L * 1024 * 1024 - DOCUMENT_HEADROOM;

    // What Jackson says to programmers, not to clients.
    private static final Pattern ADVICE = Pattern.compile(
            " \\(start marker at \\[.*?\\]\\)|: enable `[^`]*` to allow| \\(not recognized as one since [^)]*\\)");

    // Our own limits name the field and are lower; Jackson's keep it from building up state for what we would refuse.
    // Names and texts are bounded by the body. A name table that refuses colliding names would refuse at random: it
    // forgets them instead.
    private final BodyParser.Factory parsers = new BodyParser.Factory(JsonFactory.builder()
            .recyclerPool(new ParserBuffers())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNumberLength(1_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES));

    /**
     * Checks a session with its embedded notes.
     *
     * @param body the JSON as it was submitted, in UTF-8
     * @param project the project it was submitted to
     * @param sink takes the document; it is of use only if the result is {@link Validation.Valid}
     */
    public Validation<SessionSummary> validateSession(byte[] body, long project, DocumentSink sink) {
        return validateSession(body, project, sink, NoteListener.NONE);
    }

    /** The same, telling {@code notes} of each embedded note that keeps the rules, whatever the others do. */
    public Validation<SessionSummary> validateSession(
            byte[] body, long project, DocumentSink sink, NoteListener notes) {
        return validate(body, parser -> new SessionPass(parser, project, sink, notes).run());
    }

    /**
     * Checks a note that is submitted alone. Whether the session that it names is there is not among what is checked, and the session is
     * not part of the document: the summary has it.
     *
     * @param body the JSON as it was submitted, in UTF-8
     * @param project the project it was submitted to
     * @param sink takes the document; it is of use only if the result is {@link Validation.Valid}
     */
    public Validation<NoteSummary> validateNote(byte[] body, long project, DocumentSink sink) {
        return validate(body, parser -> new LoneNotePass(parser, project, sink).run());
    }

    private <S> Validation<S> validate(byte[] body, Function<BodyParser, Validation<S>> pass) {
        int malformed = Utf8.firstMalformed(body);
        if (malformed >= 0) {
            return new Validation.Unreadable<>(malformedText(body, malformed));
        }
        if (Utf8.startsWithByteOrderMark(body)) {
            // RFC 8259 lets us ignore it, but the body goes to the topic as it is, and few readers there would.
            return new Validation.Unreadable<>(parseError("Unexpected byte-order mark", 1, 1));
        }
        try (BodyParser parser = parsers.parser(body)) {
            return pass.apply(parser);
        } catch (StreamReadException e) {
            return new Validation.Unreadable<>(unreadable(e));
        }
    }

    private static String unreadable(StreamReadException e) {
        TokenStreamLocation location = e.getLocation();
        String what = ADVICE.matcher(e.getOriginalMessage()).replaceAll("");
        return location == null
                ? "JSON parse error - " + what
                : parseError(what, location.getLineNr(), location.getColumnNr());
    }

    private static String malformedText(byte[] body, int position) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < position; i++) {
            if (body[i] == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return parseError("Invalid UTF-8", line, column);
    }

    private static String parseError(String what, int line, int column) {
        return "JSON parse error - " + what + " at line " + line + " column " + column;
    }
}
