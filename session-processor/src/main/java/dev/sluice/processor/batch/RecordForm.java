package dev.sluice.processor.batch;

import dev.sluice.contract.access.User;
import dev.sluice.contract.topic.IdempotencyKey;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What a record has to be, beside its JSON, to be a submission at all. */
final class RecordForm {

    private static final int SHOWN = 100;

    private final SubmissionsTopic topic;

    RecordForm(SubmissionsTopic topic) {
        this.topic = topic;
    }

    /** Whether a record that has no fault is a lone note; else it is a session. */
    static boolean isNote(ConsumerRecord<byte[], byte[]> source) {
        return header(source, SubmissionHeaders.CE_TYPE)
                .filter(SubmissionHeaders.CREATE_NOTE::equals)
                .isPresent();
    }

    /** A project's order is that of one partition, and what is folded and counted for it goes by that; a record elsewhere is nobody's. */
    Envelope envelope(ConsumerRecord<byte[], byte[]> source) {
        OptionalLong named = ProjectKey.parse(source.key());
        return new Envelope(
                named.isPresent() && partitionOf(named.getAsLong()) == source.partition()
                        ? named
                        : OptionalLong.empty(),
                SubmissionHeaders.task(source.headers()),
                header(source, SubmissionHeaders.IDEMPOTENCY_KEY).filter(IdempotencyKey::isValid),
                SubmissionHeaders.resubmissionOf(source.headers()),
                SubmissionHeaders.user(source.headers()));
    }

    /** Why it cannot be read as a submission, if so. */
    Optional<String> fault(ConsumerRecord<byte[], byte[]> source, Envelope envelope) {
        return faultOfPlace(source, envelope)
                .or(() -> faultOfValue(source.value()))
                .or(() -> faultOfType(source, envelope))
                .or(() -> faultOfHeader(
                        source,
                        SubmissionHeaders.IDEMPOTENCY_KEY,
                        envelope.idempotencyKey().isPresent(),
                        "1 to " + IdempotencyKey.MAX_LENGTH + " printable ASCII characters"))
                .or(() -> faultOfHeader(
                        source,
                        SubmissionHeaders.RESUBMISSION_OF,
                        envelope.resubmissionOf().isPresent(),
                        "a submission's id in decimal"))
                .or(() -> faultOfHeader(
                        source,
                        SubmissionHeaders.USER,
                        envelope.user().isPresent(),
                        "a JSON object with a positive number as id, and email, first_name and last_name of at most "
                                + User.MAX_LENGTH + " characters each"));
    }

    private Optional<String> faultOfPlace(ConsumerRecord<byte[], byte[]> source, Envelope envelope) {
        if (envelope.project().isPresent()) {
            return Optional.empty();
        }
        OptionalLong named = ProjectKey.parse(source.key());
        return Optional.of(
                named.isEmpty()
                        ? "The record's key is not a project's id: expected a positive decimal number."
                        : "The record is in partition " + source.partition() + ": expected "
                                + partitionOf(named.getAsLong()) + ", where Java's clients put the key "
                                + named.getAsLong() + " (murmur2). With a client made on librdkafka, set"
                                + " partitioner=murmur2_random.");
    }

    private int partitionOf(long project) {
        return topic.partitionOf(project)
                .orElseThrow(() ->
                        new IllegalStateException("records are read before it is known how many partitions there are"));
    }

    private static Optional<String> faultOfValue(byte @Nullable [] body) {
        if (body == null) {
            return Optional.of("The record has no value: expected a JSON object.");
        }
        return body.length <= TopicSettings.MAX_MESSAGE_BYTES
                ? Optional.empty()
                : Optional.of("The record's value has " + body.length + " bytes: expected at most "
                        + TopicSettings.MAX_MESSAGE_BYTES + ".");
    }

    private static Optional<String> faultOfType(ConsumerRecord<byte[], byte[]> source, Envelope envelope) {
        String expected = SubmissionHeaders.CREATE_SESSION + " or " + SubmissionHeaders.CREATE_NOTE + ".";
        Optional<String> type = header(source, SubmissionHeaders.CE_TYPE);
        if (type.isEmpty()) {
            return Optional.of("The record has no header " + SubmissionHeaders.CE_TYPE + ": expected " + expected);
        }
        return switch (type.get()) {
            case SubmissionHeaders.CREATE_SESSION -> Optional.empty();
            case SubmissionHeaders.CREATE_NOTE ->
                header(source, SubmissionHeaders.TASK).isEmpty()
                        ? Optional.of("The record has no header " + SubmissionHeaders.TASK + ": expected a task's id"
                                + " without its project, as in T6.")
                        : faultOfHeader(
                                source,
                                SubmissionHeaders.TASK,
                                envelope.task().isPresent(),
                                "a task's id without its project, as in T6");
            default ->
                Optional.of("The header " + SubmissionHeaders.CE_TYPE + " is \"" + shortened(type.get())
                        + "\": expected " + expected);
        };
    }

    /** Of a header that need not be there. */
    private static Optional<String> faultOfHeader(
            ConsumerRecord<byte[], byte[]> source, String name, boolean wellFormed, String expected) {
        return header(source, name)
                .filter(text -> !wellFormed)
                .map(text -> "The header " + name + " is \"" + shortened(text) + "\": expected " + expected + ".");
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> source, String name) {
        return SubmissionHeaders.text(source.headers(), name);
    }

    private static String shortened(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        // Half a surrogate pair could not be told in UTF-8.
        int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return text.substring(0, end) + "…";
    }
}
