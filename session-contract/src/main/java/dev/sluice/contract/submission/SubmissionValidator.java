package dev.sluice.contract.submission;

import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * The rules for submissions. ingest-api applies them so that an HTTP client gets every error at once and nothing invalid is published;
 * session-processor applies them again to every record, because the topic is open to other producers. Validation is one pass over the bytes, with
 * memory bounded by the body's size and no state kept between calls. Thread-safe.
 */
public final class SubmissionValidator {

    public static final int MAX_NOTES = 10_000;

    /** The part of MongoDB's 16 MiB reserved for what the server adds (ids, times, the updater), in bytes. */
    public static final int DOCUMENT_HEADROOM = 64 * 1024;

    /** The maximum size of a submission's document as BSON, in bytes. */
    public static final long MAX_DOCUMENT_BYTES = 16L * 1024 * 1024 - DOCUMENT_HEADROOM;

    /** The maximum nesting of a body, including what is ignored of it. */
    static final int MAX_NESTING = 1_000;

    // Jackson's advice to programmers, which is of no use to clients.
    private static final Pattern ADVICE = Pattern.compile(
            " \\((?:start marker|for \\w+ starting) at \\[.*?\\]\\)|: enable `[^`]*` to allow| \\(not recognized as one since [^)]*\\)");

    // Our own limit of depth is lower; Jackson's keeps it from building up state for a body we would refuse. The body
    // bounds names, texts and numbers: Jackson only copies them, and a limit of its own would name the field before,
    // or refuse a value that nobody reads. A name table that fails on colliding names would refuse bodies at random:
    // it is reset instead.
    private final BodyParser.Factory parsers = new BodyParser.Factory(JsonFactory.builder()
            .recyclerPool(new ParserBuffers())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES));

    /**
     * Checks a session with its embedded notes. {@code sink} receives the document, which is useful only if the result is {@link Validation.Valid}.
     */
    public Validation<SessionSummary> validateSession(byte[] body, long project, DocumentSink sink) {
        return validateSession(body, project, sink, NoteListener.NONE);
    }

    /** Checks a session as above, and passes each valid embedded note to {@code notes}, whether the others are valid or not. */
    public Validation<SessionSummary> validateSession(
            byte[] body, long project, DocumentSink sink, NoteListener notes) {
        return validate(body, parser -> new SessionPass(parser, project, sink, notes).run());
    }

    /**
     * Checks a lone note, but not whether the session it names exists. {@code sink} receives its document, as above; the session is in the summary
     * instead.
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
            // RFC 8259 allows ignoring it, but the body goes to the topic unchanged, and few consumers there would.
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
