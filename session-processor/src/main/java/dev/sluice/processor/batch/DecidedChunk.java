package dev.sluice.processor.batch;

import dev.sluice.contract.access.User;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.outcome.DeadLetter;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.FirstDelivery;
import dev.sluice.processor.store.StatusChanges;
import dev.sluice.processor.store.SubmissionDocument;
import dev.sluice.processor.task.Note;
import dev.sluice.processor.task.NotedSubmission;
import dev.sluice.processor.task.NotesByTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.RawBsonDocument;

/** The results of the decisions on a chunk: documents, outcomes, and the changes to tasks. Not thread-safe. */
public final class DecidedChunk {

    private final BsonBuffer buffer;
    private final BsonBuffer contents;
    private final List<Noted> decided = new ArrayList<>();
    private final List<SubmissionOutcome> outcomes = new ArrayList<>();
    private final NotesByTask notesByTask = new NotesByTask();
    private final Map<Integer, Long> next = new HashMap<>();
    private final Map<Integer, Integer> leaderEpochs = new HashMap<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();

    private record Noted(Decision decision, List<Note> notes) {}

    /**
     * Takes the decisions on a chunk, which must not change afterwards. Derives what does not depend on the stored tasks.
     *
     * @param buffer its former documents are replaced by these ones
     */
    DecidedChunk(BsonBuffer buffer, Chunk chunk, List<Decision> decisions) {
        buffer.clear();
        this.buffer = buffer;
        this.contents = chunk.contents();
        for (Decision decision : decisions) {
            Optional<String> type = storedType(decision.outcome());
            List<Note> notes = type.isPresent() ? chunk.notesOf(decision.record()) : List.of();
            decided.add(new Noted(decision, notes));
            if (!notes.isEmpty()) {
                notesByTask.add(noted(decision.record(), type.orElseThrow()), notes);
            }
            remember(decision);
        }
    }

    private void remember(Decision decision) {
        ConsumerRecord<byte[], byte[]> source = decision.record().source();
        next.put(source.partition(), decision.record().document().id().position() + 1);
        source.leaderEpoch().ifPresent(epoch -> leaderEpochs.put(source.partition(), epoch));
        if (decision.outcome() instanceof Outcome.DeadLettered(String reason)) {
            deadLetters.add(new DeadLetter(source, reason));
        }
    }

    /** Writes documents and outcomes. Before, {@link #notesByTask} must have begun with the stored tasks. */
    void write(Instant processed) {
        Map<Long, StatusChanges> statusChanges = notesByTask.statusChanges();
        SubmissionDocument.Target target = new SubmissionDocument.Target(buffer, contents, processed);
        for (Noted one : decided) {
            ReadRecord record = one.decision().record();
            StatusChanges changed = statusChanges.getOrDefault(record.id(), StatusChanges.NONE);
            try {
                write(one.decision(), changed, target);
            } catch (RuntimeException e) {
                throw new UnprocessableRecordException(record.document().id(), e);
            }
            outcomes.add(outcome(one, changed, processed));
        }
    }

    /** Replaces the outcomes of redelivered records with those published the first time. */
    void tellAsBefore(Map<Long, FirstDelivery> first) {
        if (!first.isEmpty()) {
            outcomes.replaceAll(outcome -> {
                FirstDelivery known = first.get(outcome.id().value());
                return known == null ? outcome : outcome.as(known);
            });
        }
    }

    /** One for each record, in log order. Their memory is the buffer's. */
    public List<RawBsonDocument> documents() {
        return buffer.documents();
    }

    /** One for each record, in log order. */
    public List<SubmissionOutcome> outcomes() {
        return outcomes;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** For each partition, the position after its last record. */
    Map<Integer, Long> next() {
        return next;
    }

    /** For each partition, the leader epoch of its last record, if known. */
    Map<Integer, Integer> leaderEpochs() {
        return leaderEpochs;
    }

    /** The changes that the stored notes make to their tasks. */
    public NotesByTask notesByTask() {
        return notesByTask;
    }

    private static void write(Decision decision, StatusChanges changed, SubmissionDocument.Target target) {
        SubmissionDocument document = decision.record().document();
        OptionalLong resubmissionOf = decision.resubmissionOf();
        int content = decision.record().written().content();
        switch (decision.outcome()) {
            case Outcome.StoredSession _ -> document.writeSession(target, resubmissionOf, changed, content);
            case Outcome.StoredNote note ->
                document.writeNote(target, resubmissionOf, changed, note.analysisType(), note.session(), content);
            case Outcome.Duplicate(long of) -> document.writeDuplicate(target, resubmissionOf, of);
            case Outcome.Rejected(byte[] errors) -> document.writeRejected(target, resubmissionOf, errors);
            case Outcome.DeadLettered(String reason) -> document.writeDeadLetter(target, reason);
        }
    }

    private static Optional<String> storedType(Outcome outcome) {
        return switch (outcome) {
            case Outcome.StoredSession session ->
                Optional.of(session.analysisType().slug());
            case Outcome.StoredNote note -> Optional.of(note.analysisType());
            case Outcome.Duplicate _, Outcome.Rejected _, Outcome.DeadLettered _ -> Optional.empty();
        };
    }

    private static NotedSubmission noted(ReadRecord record, String type) {
        return new NotedSubmission(
                record.id(), record.project(), record.document().received(), type);
    }

    private static SubmissionOutcome outcome(Noted one, StatusChanges changed, Instant processed) {
        Decision decision = one.decision();
        SubmissionDocument document = decision.record().document();
        Optional<User> updater = document.updater();
        return new SubmissionOutcome(
                document.id(),
                document.project(),
                document.received(),
                processed,
                updater.isPresent() ? OptionalLong.of(updater.get().id()) : OptionalLong.empty(),
                SubmissionHeaders.traceparent(decision.record().source().headers()),
                decision.outcome(),
                byStatus(one.notes()),
                changed);
    }

    private static Map<NoteStatus, Integer> byStatus(List<Note> notes) {
        Map<NoteStatus, Integer> counts = new EnumMap<>(NoteStatus.class);
        notes.forEach(note -> counts.merge(note.status(), 1, Integer::sum));
        return counts;
    }
}
