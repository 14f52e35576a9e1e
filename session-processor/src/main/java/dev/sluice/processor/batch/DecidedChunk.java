package dev.sluice.processor.batch;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.SubmissionDocument;
import dev.sluice.processor.task.Note;
import dev.sluice.processor.task.NotedSubmission;
import dev.sluice.processor.task.TaskChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bson.RawBsonDocument;

/** What follows from the decisions on a chunk: documents, outcomes, and what its notes do to their tasks. For one thread, and used again. */
final class DecidedChunk {

    private final BsonBuffer buffer = new BsonBuffer();
    private final List<SubmissionOutcome> outcomes = new ArrayList<>();
    private TaskChanges taskChanges = new TaskChanges();

    void clear() {
        buffer.clear();
        outcomes.clear();
        taskChanges = new TaskChanges();
    }

    void fill(Chunk chunk, List<Decision> decisions, Instant processed) {
        clear();
        SubmissionDocument.Target target = new SubmissionDocument.Target(buffer, chunk.contents(), processed);
        for (Decision decision : decisions) {
            ReadRecord record = decision.record();
            try {
                write(decision, target);
            } catch (RuntimeException e) {
                throw new UnprocessableRecordException(record.document().id(), e);
            }
            outcomes.add(outcome(decision, processed));
            note(decision, chunk.notesOf(record));
        }
    }

    List<RawBsonDocument> documents() {
        return buffer.documents();
    }

    List<SubmissionOutcome> outcomes() {
        return outcomes;
    }

    TaskChanges taskChanges() {
        return taskChanges;
    }

    private static void write(Decision decision, SubmissionDocument.Target target) {
        SubmissionDocument document = decision.record().document();
        OptionalLong resubmissionOf = decision.resubmissionOf();
        int content = decision.record().content();
        switch (decision.outcome()) {
            case Outcome.StoredSession _ -> document.writeSession(target, resubmissionOf, content);
            case Outcome.StoredNote note ->
                document.writeNote(target, resubmissionOf, note.analysisType(), note.session(), content);
            case Outcome.Duplicate(long of) -> document.writeDuplicate(target, resubmissionOf, of);
            case Outcome.Rejected(byte[] errors) -> document.writeRejected(target, resubmissionOf, errors);
            case Outcome.DeadLettered(String reason) -> document.writeDeadLetter(target, reason);
        }
    }

    private static SubmissionOutcome outcome(Decision decision, Instant processed) {
        SubmissionDocument document = decision.record().document();
        return new SubmissionOutcome(
                document.id(),
                document.project(),
                document.received(),
                processed,
                decision.record().traceparent(),
                decision.outcome());
    }

    private void note(Decision decision, List<Note> notes) {
        switch (decision.outcome()) {
            case Outcome.StoredSession session -> note(decision.record(), session.analysisType(), notes);
            case Outcome.StoredNote note -> note(decision.record(), note.analysisType(), notes);
            case Outcome.Duplicate _, Outcome.Rejected _, Outcome.DeadLettered _ -> {}
        }
    }

    private void note(ReadRecord record, AnalysisType type, List<Note> notes) {
        if (!notes.isEmpty()) {
            taskChanges.add(
                    new NotedSubmission(
                            record.id(), record.project(), record.document().received(), type),
                    notes);
        }
    }
}
