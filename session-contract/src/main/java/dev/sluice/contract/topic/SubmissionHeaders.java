package dev.sluice.contract.topic;

import dev.sluice.contract.access.User;
import dev.sluice.contract.access.UserJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record of the submissions topic: CloudEvents 1.0 in Kafka's binary content mode, and our own. All are text in UTF-8.
 * Only {@code ce_type} is needed: a record without a {@code user} has no updater.
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

    /** The value's media type. */
    public static final String CONTENT_TYPE = "content-type";

    /** Who submitted, as JSON (see {@link UserJson}). */
    public static final String USER = "user";

    /** For a lone note: the task's id without its project, as in {@code T6}. */
    public static final String TASK = "task";

    /** The client's Idempotency-Key. */
    public static final String IDEMPOTENCY_KEY = "idempotency-key";

    /** On a record that puts a rejected submission back on the log: that submission's id, in decimal. */
    public static final String RESUBMISSION_OF = "resubmission-of";

    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    /** The value of {@link #CE_TYPE} for a session. */
    public static final String CREATE_SESSION = "analysis-session.create";

    /** The value of {@link #CE_TYPE} for a lone note. */
    public static final String CREATE_NOTE = "analysis-note.create";

    private static final byte[] SPEC_VERSION = bytes("1.0");
    private static final byte[] JSON = bytes("application/json");

    private SubmissionHeaders() {}

    /** The headers of a session that came over HTTP. */
    public static RecordHeaders ofSession(
            String eventId, String source, User user, @Nullable String idempotencyKey, @Nullable String traceparent) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(CE_ID, bytes(eventId));
        headers.add(CE_TYPE, bytes(CREATE_SESSION));
        headers.add(CE_SOURCE, bytes(source));
        headers.add(CE_SPECVERSION, SPEC_VERSION);
        headers.add(CONTENT_TYPE, JSON);
        headers.add(USER, UserJson.write(user));
        addIfGiven(headers, IDEMPOTENCY_KEY, idempotencyKey);
        addIfGiven(headers, TRACEPARENT, traceparent);
        return headers;
    }

    /** The last header of a name, as text, if there is one with a value. */
    public static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
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
