package dev.sluice.processor.task;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.store.PositionedDocuments;
import dev.sluice.processor.store.TaskFields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Notes about one task, in the order of the log. */
final class TaskChange implements PositionedDocuments.Change {

    private final long project;
    private final String task;
    private final BsonString id;
    // Beside each note the submission that it is of.
    private final List<NotedSubmission> submissions = new ArrayList<>(4);
    private final List<Note> notes = new ArrayList<>(4);
    private long position;
    private RunningVerification running = new RunningVerification(Verification.NONE, 0);

    TaskChange(long project, String task) {
        this.project = project;
        this.task = task;
        this.id = new BsonString(project + "-" + task);
    }

    void add(NotedSubmission submission, Note note) {
        submissions.add(submission);
        notes.add(note);
    }

    long project() {
        return project;
    }

    String task() {
        return task;
    }

    /** The id of the first of the submissions. */
    long first() {
        return submissions.getFirst().id();
    }

    /** Begins with what the task's document says; null if there is none. */
    void beginWith(@Nullable BsonDocument stored) {
        position = PositionedDocuments.position(stored);
        running = new RunningVerification(stored == null ? Verification.NONE : verification(stored), position);
    }

    /** Begins with what stood before the first of the submissions. */
    void beginWith(Verification before) {
        running = new RunningVerification(before, 0);
    }

    RunningVerification running() {
        return running;
    }

    /** Those of the submissions that are in the document that it began with. */
    List<Long> folded() {
        return first() > position
                ? List.of()
                : submissions.stream()
                        .map(NotedSubmission::id)
                        .takeWhile(submission -> submission <= position)
                        .toList();
    }

    @Override
    public BsonValue id() {
        return id;
    }

    @Override
    public long last() {
        return submissions.getLast().id();
    }

    @Override
    public BsonDocument after(@Nullable BsonDocument current, long position) {
        Verification verification = current == null ? Verification.NONE : verification(current);
        long count = current == null ? 0 : current.getInt64(TaskFields.NOTES).getValue();
        for (int i = 0; i < notes.size(); i++) {
            NotedSubmission submission = submissions.get(i);
            if (submission.id() > position) {
                Note note = notes.get(i);
                verification = verification.after(submission.type(), note.behaviour(), note.status());
                count++;
            }
        }
        return document(verification, count);
    }

    private BsonDocument document(Verification verification, long count) {
        BsonDocument standing = new BsonDocument();
        verification.standing().forEach((type, status) -> standing.put(type.slug(), new BsonString(status.slug())));
        return new BsonDocument("_id", id)
                .append(TaskFields.PROJECT, new BsonInt64(project))
                .append(TaskFields.TASK, new BsonString(task))
                .append(TaskFields.STATUS, new BsonString(verification.overall().slug()))
                .append(TaskFields.STANDING, standing)
                .append(TaskFields.NOTES, new BsonInt64(count))
                .append(
                        TaskFields.UPDATED,
                        new BsonDateTime(submissions.getLast().received().toEpochMilli()));
    }

    private static Verification verification(BsonDocument document) {
        Map<AnalysisType, NoteStatus> standing = new EnumMap<>(AnalysisType.class);
        document.getDocument(TaskFields.STANDING)
                .forEach((type, status) -> standing.put(
                        AnalysisType.of(type), NoteStatus.of(status.asString().getValue())));
        return new Verification(standing);
    }
}
