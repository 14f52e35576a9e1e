package dev.sluice.contract.topic;

import dev.sluice.contract.access.User;
import dev.sluice.contract.access.UserJson;
import dev.sluice.contract.id.SubmissionId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record of the submissions topic: CloudEvents 1.0 in Kafka's binary content mode, and our own. All are text in UTF-8.
 * Only {@code ce_type} is needed, and {@code task} for a lone note: a record without a {@code user} has no updater.
 */
public final class SubmissionHeaders {

    /** An event's id, unique for its source. */
    public static final String CE_ID = "ce_id";

    /** What the record asks for, see {@link #CREATE_SESSION} and {@link #CREATE_NOTE}. */
    public static final String CE_TYPE = "ce_type";

    /** What made the event. */
    public static final String CE_SOURCE = "ce_source";

    /** CloudEvents' version: 1.0. */
    public static final String CE_SPECVERSION = "ce_specversion";

    /** Which schema the value follows. */
    public static final String CE_DATASCHEMA = "ce_dataschema";

    /** The value's media type. */
    public static final String CONTENT_TYPE = "content-type";

    /** Who submitted, as JSON (see {@link UserJson}). */
    public static final String USER = "user";

    /** For a lone note: the task's id without its project, as in {@code T6}. */
    public static final String TASK = "task";

    /** The client's Idempotency-Key. */
    public static final String IDEMPOTENCY_KEY = "idempotency-key";

    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    /** Names the request that the record came with, so that it can be found in logs; see {@link #isRequestId}. */
    public static final String REQUEST_ID = "request-id";

    /** For a submission that was put back on the log: the id of the one that was submitted first, as decimal text. */
    public static final String RESUBMISSION_OF = "resubmission-of";

    /** The value of {@link #CE_TYPE} for a session. */
    public static final String CREATE_SESSION = "analysis-session.create";

    /** The value of {@link #CE_TYPE} for a lone note. */
    public static final String CREATE_NOTE = "analysis-note.create";

    private static final Pattern TASK_FORM = Pattern.compile("[A-Z]+[0-9]+");
    private static final int MAX_TASK_LENGTH = 64;
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final Header SPEC_VERSION = new RecordHeader(CE_SPECVERSION, bytes("1.0"));
    private static final Header JSON = new RecordHeader(CONTENT_TYPE, bytes("application/json"));

    private SubmissionHeaders() {}

    /** The headers of a session that came over HTTP. */
    public static RecordHeaders ofSession(
            String eventId, String source, User user, @Nullable String idempotencyKey, @Nullable String traceparent) {
        return of(eventId, CREATE_SESSION, source, user, idempotencyKey, traceparent);
    }

    /** The headers of a lone note that came over HTTP; {@code task} without its project. */
    public static RecordHeaders ofNote(
            String eventId,
            String source,
            String task,
            User user,
            @Nullable String idempotencyKey,
            @Nullable String traceparent) {
        RecordHeaders headers = of(eventId, CREATE_NOTE, source, user, idempotencyKey, traceparent);
        headers.add(TASK, bytes(task));
        return headers;
    }

    /**
     * The headers of a submission that is put back on the log: all that it had, as another event.
     *
     * @param original the headers of the record {@code id}
     */
    public static RecordHeaders ofResubmission(String eventId, Headers original, SubmissionId id) {
        RecordHeaders headers = new RecordHeaders(original.toArray());
        headers.remove(CE_ID);
        headers.add(CE_ID, bytes(eventId));
        headers.remove(RESUBMISSION_OF);
        headers.add(
                RESUBMISSION_OF, bytes(Long.toString(resubmissionOf(original).orElse(id.value()))));
        return headers;
    }

    /** Adds the name of the request that the record comes with, in place of any other. */
    public static <H extends Headers> H withRequestId(String requestId, H headers) {
        if (headers.lastHeader(REQUEST_ID) != null) {
            headers.remove(REQUEST_ID);
        }
        headers.add(REQUEST_ID, bytes(requestId));
        return headers;
    }

    /** Whether a text can name a request: nothing in it could be taken for another part of a log. */
    public static boolean isRequestId(String text) {
        return REQUEST_ID_FORM.matcher(text).matches();
    }

    /** The name of the request that the record came with, if the header is there and has the form of one. */
    public static Optional<String> requestId(Headers headers) {
        return text(headers, REQUEST_ID).filter(SubmissionHeaders::isRequestId);
    }

    /** The task of a lone note, without its project, if the header is there and has the form of one. */
    public static Optional<String> task(Headers headers) {
        return text(headers, TASK)
                .filter(task -> task.length() <= MAX_TASK_LENGTH
                        && TASK_FORM.matcher(task).matches());
    }

    /** Who submitted, if the header is there and names somebody. */
    public static Optional<User> user(Headers headers) {
        return text(headers, USER).flatMap(UserJson::read);
    }

    /** The trace context, if the header is there and has the form of one; else there is none, as its specification says. */
    public static Optional<String> traceparent(Headers headers) {
        return text(headers, TRACEPARENT).filter(TraceParent::isValid);
    }

    /** The id of the submission that this one is a resubmission of, if the header is there and names one. */
    public static OptionalLong resubmissionOf(Headers headers) {
        OptionalLong id = ProjectKey.parse(text(headers, RESUBMISSION_OF).orElse(null));
        return id.isPresent() && SubmissionId.isValid(id.getAsLong()) ? id : OptionalLong.empty();
    }

    /** The last header of a name, as text, if there is one with a value. */
    public static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static RecordHeaders of(
            String eventId,
            String type,
            String source,
            User user,
            @Nullable String idempotencyKey,
            @Nullable String traceparent) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(CE_ID, bytes(eventId));
        headers.add(CE_TYPE, bytes(type));
        headers.add(CE_SOURCE, bytes(source));
        headers.add(SPEC_VERSION);
        headers.add(JSON);
        headers.add(USER, UserJson.write(user));
        addIfGiven(headers, IDEMPOTENCY_KEY, idempotencyKey);
        addIfGiven(headers, TRACEPARENT, traceparent);
        return headers;
    }

    private static void addIfGiven(RecordHeaders headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(name, bytes(value));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
