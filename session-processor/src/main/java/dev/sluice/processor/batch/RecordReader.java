package dev.sluice.processor.batch;

import dev.sluice.contract.submission.DocumentSink;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicSettings;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells what a record is. The topic is open to any producer, so nothing about a record is taken for granted. */
final class RecordReader {

    private static final int SHOWN = 100;

    private final SubmissionValidator validator;

    RecordReader(SubmissionValidator validator) {
        this.validator = validator;
    }

    /**
     * Reads a record.
     *
     * @param sink takes the document; it is of use only if the result is {@link Reading.Session}
     */
    Reading read(ConsumerRecord<byte[], byte[]> source, DocumentSink sink) {
        OptionalLong project = ProjectKey.parse(source.key());
        if (project.isEmpty()) {
            return new Reading.Unreadable(
                    "The record's key is not a project's id: expected a positive decimal number.");
        }
        byte[] body = source.value();
        if (body == null) {
            return new Reading.Unreadable("The record has no value: expected a JSON object.");
        }
        if (body.length > TopicSettings.MAX_MESSAGE_BYTES) {
            return new Reading.Unreadable("The record's value has " + body.length + " bytes: expected at most "
                    + TopicSettings.MAX_MESSAGE_BYTES + ".");
        }
        Optional<String> type = SubmissionHeaders.text(source.headers(), SubmissionHeaders.CE_TYPE);
        if (type.isEmpty()) {
            return new Reading.Unreadable("The record has no header " + SubmissionHeaders.CE_TYPE + ": expected "
                    + SubmissionHeaders.CREATE_SESSION + ".");
        }
        return switch (type.get()) {
            case SubmissionHeaders.CREATE_SESSION -> readSession(body, project.getAsLong(), sink);
            case SubmissionHeaders.CREATE_NOTE -> new Reading.Unreadable("Lone notes are not taken yet.");
            default ->
                new Reading.Unreadable("The header " + SubmissionHeaders.CE_TYPE + " is \"" + shortened(type.get())
                        + "\": expected " + SubmissionHeaders.CREATE_SESSION + ".");
        };
    }

    private Reading readSession(byte[] body, long project, DocumentSink sink) {
        return switch (validator.validateSession(body, project, sink)) {
            case Validation.Valid(var session) -> new Reading.Session(session);
            case Validation.Invalid(var errors) -> new Reading.BreaksRules(errors);
            case Validation.TooLarge<?> large -> new Reading.TooLarge(large.reason());
            case Validation.Unreadable(var reason) -> new Reading.Unreadable(reason);
        };
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
