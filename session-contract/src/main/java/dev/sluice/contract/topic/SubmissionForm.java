package dev.sluice.contract.topic;

import dev.sluice.contract.access.User;
import dev.sluice.contract.submission.Texts;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The headers of a submission's record that are present and well-formed; the task is without its project. */
public record SubmissionForm(
        Optional<String> task, Optional<String> idempotencyKey, OptionalLong resubmissionOf, Optional<User> user) {

    public static SubmissionForm of(Headers headers) {
        return new SubmissionForm(
                SubmissionHeaders.task(headers),
                SubmissionHeaders.text(headers, SubmissionHeaders.IDEMPOTENCY_KEY)
                        .filter(IdempotencyKey::isValid),
                SubmissionHeaders.resubmissionOf(headers),
                SubmissionHeaders.user(headers));
    }

    /** Whether a record without a fault is a lone note rather than a session. */
    public static boolean isNote(Headers headers) {
        return SubmissionHeaders.text(headers, SubmissionHeaders.CE_TYPE)
                .filter(SubmissionHeaders.CREATE_NOTE::equals)
                .isPresent();
    }

    /** Returns why the record cannot be read as a submission, whatever its JSON; empty if it can. {@code headers}: those this form was read from. */
    public Optional<String> fault(byte @Nullable [] value, Headers headers) {
        return faultOfValue(value)
                .or(() -> faultOfType(headers))
                .or(() -> faultOfHeader(
                        headers,
                        SubmissionHeaders.IDEMPOTENCY_KEY,
                        idempotencyKey.isPresent(),
                        "1 to " + IdempotencyKey.MAX_LENGTH + " printable ASCII characters"))
                .or(() -> faultOfHeader(
                        headers,
                        SubmissionHeaders.RESUBMISSION_OF,
                        resubmissionOf.isPresent(),
                        "a submission's id in decimal"))
                .or(() -> faultOfHeader(
                        headers,
                        SubmissionHeaders.USER,
                        user.isPresent(),
                        "a JSON object with a positive number as id, and email, first_name and last_name of at most "
                                + User.MAX_LENGTH + " characters each"));
    }

    private static Optional<String> faultOfValue(byte @Nullable [] value) {
        if (value == null) {
            return Optional.of("The record has no value: expected a JSON object.");
        }
        return value.length <= TopicSettings.MAX_MESSAGE_BYTES
                ? Optional.empty()
                : Optional.of("The record's value has " + value.length + " bytes: expected at most "
                        + TopicSettings.MAX_MESSAGE_BYTES + ".");
    }

    private Optional<String> faultOfType(Headers headers) {
        String expected = SubmissionHeaders.CREATE_SESSION + " or " + SubmissionHeaders.CREATE_NOTE + ".";
        Optional<String> type = SubmissionHeaders.text(headers, SubmissionHeaders.CE_TYPE);
        if (type.isEmpty()) {
            return Optional.of("The record has no header " + SubmissionHeaders.CE_TYPE + ": expected " + expected);
        }
        return switch (type.get()) {
            case SubmissionHeaders.CREATE_SESSION -> Optional.empty();
            case SubmissionHeaders.CREATE_NOTE ->
                SubmissionHeaders.text(headers, SubmissionHeaders.TASK).isEmpty()
                        ? Optional.of("The record has no header " + SubmissionHeaders.TASK + ": expected a task's id"
                                + " without its project, as in T6.")
                        : faultOfHeader(
                                headers,
                                SubmissionHeaders.TASK,
                                task.isPresent(),
                                "a task's id without its project, as in T6");
            default ->
                Optional.of("The header " + SubmissionHeaders.CE_TYPE + " is \"" + Texts.cut(type.get())
                        + "\": expected " + expected);
        };
    }

    private static Optional<String> faultOfHeader(Headers headers, String name, boolean wellFormed, String expected) {
        return SubmissionHeaders.text(headers, name)
                .filter(text -> !wellFormed)
                .map(text -> "The header " + name + " is \"" + Texts.cut(text) + "\": expected " + expected + ".");
    }
}
