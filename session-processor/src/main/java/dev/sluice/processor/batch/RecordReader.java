package dev.sluice.processor.batch;

import dev.sluice.contract.submission.NoteListener;
import dev.sluice.contract.submission.NoteSummary;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionForm;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.SubmissionDocument;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records. Any producer may write to the topic, so it assumes nothing about them. */
final class RecordReader {

    private final SubmissionValidator validator = new SubmissionValidator();
    private final SubmissionsTopic topic;

    RecordReader(SubmissionsTopic topic) {
        this.topic = topic;
    }

    /**
     * What a record says outside its JSON.
     *
     * @param project the project whose id is the record's key, if the record is in that project's partition
     * @param form what the headers say
     */
    record Envelope(OptionalLong project, SubmissionForm form) {}

    /** Reads key and headers. A record outside its project's partition belongs to no project, since folds and counts rely on one order. */
    Envelope envelope(ConsumerRecord<byte[], byte[]> source) {
        return new Envelope(project(source), SubmissionForm.of(source.headers()));
    }

    /** Reads only the key. */
    OptionalLong project(ConsumerRecord<byte[], byte[]> source) {
        OptionalLong named = ProjectKey.parse(source.key());
        boolean isInItsPlace = named.isPresent() && partitionOf(named.getAsLong()) == source.partition();
        return isInItsPlace ? named : OptionalLong.empty();
    }

    /**
     * @param contents receives a document if the result is a session or a note
     * @param notes receives the notes, which are valid only if the result is a session or a note
     */
    Reading read(ConsumerRecord<byte[], byte[]> source, Envelope envelope, BsonBuffer contents, NoteListener notes) {
        Optional<String> fault =
                faultOfPlace(source, envelope).or(() -> envelope.form().fault(source.value(), source.headers()));
        if (fault.isPresent()) {
            return new Reading.Unreadable(fault.get());
        }
        long project = envelope.project().orElseThrow();
        return SubmissionForm.isNote(source.headers())
                ? readNote(source.value(), project, envelope.form().task().orElseThrow(), contents, notes)
                : readSession(source.value(), project, contents, notes);
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

    private Reading readSession(byte[] body, long project, BsonBuffer contents, NoteListener notes) {
        contents.begin();
        return switch (validator.validateSession(body, project, contents, notes)) {
            case Validation.Valid(var session) -> {
                contents.finish();
                yield new Reading.Session(session);
            }
            case Validation.Invalid(var errors) -> new Reading.Faulty(ErrorsJson.of(errors));
            case Validation.TooLarge<?> large -> new Reading.Faulty(ErrorsJson.detail(large.reason()));
            case Validation.Unreadable(var reason) -> new Reading.Unreadable(reason);
        };
    }

    private Reading readNote(byte[] body, long project, String task, BsonBuffer contents, NoteListener notes) {
        SubmissionDocument.beginNoteContent(contents, task);
        return switch (validator.validateNote(body, project, contents)) {
            case Validation.Valid(NoteSummary note) -> {
                SubmissionDocument.finishNoteContent(contents);
                notes.note(task, note.behaviour(), note.status());
                yield new Reading.LoneNote(task, note);
            }
            case Validation.Invalid(var errors) -> new Reading.Faulty(ErrorsJson.of(errors));
            case Validation.TooLarge<?> large -> new Reading.Faulty(ErrorsJson.detail(large.reason()));
            case Validation.Unreadable(var reason) -> new Reading.Unreadable(reason);
        };
    }
}
