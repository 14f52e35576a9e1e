package dev.sluice.contract.topic;

import dev.sluice.contract.access.User;
import dev.sluice.contract.access.UserJson;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.TaskIds;
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
 * The headers of a record of the submissions topic: CloudEvents 1.0 in Kafka's binary content mode, and Sluice's own, all text in UTF-8. Only
 * {@code ce_type} is required, and {@code task} for a lone note: a record without a {@code user} has no updater.
 */
public final class SubmissionHeaders {

    /** The event's id, unique per source. */
    public static final String CE_ID = "ce_id";

    /** What the record requests: {@link #CREATE_SESSION} or {@link #CREATE_NOTE}. */
    public static final String CE_TYPE = "ce_type";

    public static final String CE_SOURCE = "ce_source";

    public static final String CE_SPECVERSION = "ce_specversion";

    public static final String CE_DATASCHEMA = "ce_dataschema";

    public static final String CONTENT_TYPE = "content-type";

    /** The user who submitted, as JSON (see {@link UserJson}). */
    public static final String USER = "user";

    /** The task of a lone note, without its project, as in {@code T6}. */
    public static final String TASK = "task";

    public static final String IDEMPOTENCY_KEY = "idempotency-key";

    public static final String TRACEPARENT = "traceparent";

    /** The id of the request the record came with, by which to find it in logs; see {@link #isRequestId}. */
    public static final String REQUEST_ID = "request-id";

    /** On a resubmission, the id of the original submission, as decimal text. */
    public static final String RESUBMISSION_OF = "resubmission-of";

    public static final String CREATE_SESSION = "analysis-session.create";

    public static final String CREATE_NOTE = "analysis-note.create";

    private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TRACEPARENT_FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final Header SPEC_VERSION = new RecordHeader(CE_SPECVERSION, bytes("1.0"));
    private static final Header JSON = new RecordHeader(CONTENT_TYPE, bytes("application/json"));

    private SubmissionHeaders() {}

    public static RecordHeaders ofSession(
            String eventId, String source, User user, @Nullable String idempotencyKey, @Nullable String traceparent) {
        return of(eventId, CREATE_SESSION, source, user, idempotencyKey, traceparent);
    }

    /** Returns the headers of a lone note that came over HTTP; {@code task} is without its project. */
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

    /** Returns the headers of a resubmission of record {@code id}: those of the original with a new event id and the original's id. */
    public static RecordHeaders ofResubmission(String eventId, Headers original, SubmissionId id) {
        RecordHeaders headers = new RecordHeaders(original.toArray());
        headers.remove(CE_ID);
        headers.add(CE_ID, bytes(eventId));
        headers.remove(RESUBMISSION_OF);
        headers.add(
                RESUBMISSION_OF, bytes(Long.toString(resubmissionOf(original).orElse(id.value()))));
        return headers;
    }

    /** Sets the id of the request the record comes with, replacing any other. */
    public static <H extends Headers> H withRequestId(String requestId, H headers) {
        headers.remove(REQUEST_ID);
        headers.add(REQUEST_ID, bytes(requestId));
        return headers;
    }

    /** Whether {@code text} is a valid request id, which cannot be taken for another part of a log line. */
    public static boolean isRequestId(String text) {
        return REQUEST_ID_FORM.matcher(text).matches();
    }

    public static Optional<String> requestId(Headers headers) {
        return text(headers, REQUEST_ID).filter(SubmissionHeaders::isRequestId);
    }

    public static Optional<String> task(Headers headers) {
        return text(headers, TASK).filter(TaskIds::isTask);
    }

    public static Optional<User> user(Headers headers) {
        return text(headers, USER).flatMap(UserJson::read);
    }

    /** Whether {@code text} is a valid trace context; its specification says to ignore any other. */
    public static boolean isTraceparent(String text) {
        return TRACEPARENT_FORM.matcher(text).matches();
    }

    public static Optional<String> traceparent(Headers headers) {
        return text(headers, TRACEPARENT).filter(SubmissionHeaders::isTraceparent);
    }

    /** The id of the original submission, if the record is a resubmission with a valid one. */
    public static OptionalLong resubmissionOf(Headers headers) {
        OptionalLong id = ProjectKey.parse(text(headers, RESUBMISSION_OF).orElse(null));
        return id.isPresent() && SubmissionId.isValid(id.getAsLong()) ? id : OptionalLong.empty();
    }

    /** The last header named {@code name} as text, if there is one with a value. */
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
