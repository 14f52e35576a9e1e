package dev.sluice.processor.task;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.generation.UnreadableDocumentException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The notes about one task, in log order: folded one by one, for the status between them, and all at once, for the document to store. */
final class NotesOfTask {

    private static final Comparator<String> TYPES =
            Comparator.comparingInt(NotesOfTask::place).thenComparing(Comparator.naturalOrder());

    private final long project;
    private final String task;
    // The submission of each note, by the same index.
    private final List<NotedSubmission> submissions = new ArrayList<>(4);
    private final List<Note> notes = new ArrayList<>(4);
    // What stands after the notes folded so far, one by one.
    private Verification soFar = Verification.NONE;
    // It began with the notes of submissions up to this one.
    private long includedThrough;

    NotesOfTask(long project, String task) {
        this.project = project;
        this.task = task;
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

    long first() {
        return submissions.getFirst().id();
    }

    long last() {
        return submissions.getLast().id();
    }

    /** Begins with the stored task, null if there is none yet, which includes submissions up to {@code through}. */
    void beginWith(@Nullable BsonDocument stored, long through) {
        includedThrough = through;
        soFar = stored == null ? Verification.NONE : verification(stored);
    }

    /** Begins with what stood before the first of the submissions, whatever the stored task includes. */
    void beginBeforeFirst(Verification before) {
        includedThrough = 0;
        soFar = before;
    }

    /** Folds the next note, unless it is included already. */
    void fold(NotedSubmission submission, Note note) {
        if (submission.id() > includedThrough) {
            soFar = soFar.after(submission.type(), note.behaviour(), note.status());
        }
    }

    /** The overall status; null before the first note. */
    @Nullable
    NoteStatus status() {
        return soFar.standing().isEmpty() ? null : soFar.overall();
    }

    /** The submissions that the stored task already includes. */
    List<Long> included() {
        return first() > includedThrough
                ? List.of()
                : submissions.stream()
                        .map(NotedSubmission::id)
                        .takeWhile(submission -> submission <= includedThrough)
                        .toList();
    }

    /** The task to store instead of {@code current}, which includes submissions up to {@code through}. */
    BsonDocument after(@Nullable BsonDocument current, long through) {
        Verification verification = current == null ? Verification.NONE : verification(current);
        long count = current == null ? 0 : current.getInt64(TaskFields.NOTES).getValue();
        for (int i = 0; i < notes.size(); i++) {
            NotedSubmission submission = submissions.get(i);
            if (submission.id() > through) {
                Note note = notes.get(i);
                verification = verification.after(submission.type(), note.behaviour(), note.status());
                count++;
            }
        }
        return document(verification, count);
    }

    private BsonDocument document(Verification verification, long count) {
        BsonDocument standing = new BsonDocument();
        verification.standing().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(TYPES))
                .forEach(entry -> standing.put(
                        entry.getKey(), new BsonString(entry.getValue().slug())));
        return new BsonDocument(
                        TaskFields.STATUS, new BsonString(verification.overall().slug()))
                .append(TaskFields.STANDING, standing)
                .append(TaskFields.NOTES, new BsonInt64(count))
                .append(
                        TaskFields.UPDATED,
                        new BsonDateTime(submissions.getLast().received().toEpochMilli()));
    }

    private Verification verification(BsonDocument document) {
        Map<String, NoteStatus> standing = new HashMap<>();
        try {
            document.getDocument(TaskFields.STANDING)
                    .forEach((type, status) ->
                            standing.put(type, NoteStatus.of(status.asString().getValue())));
        } catch (BsonInvalidOperationException | IllegalArgumentException e) {
            throw new UnreadableDocumentException("task " + task + " of project " + project, e);
        }
        return new Verification(standing);
    }

    /** Types that this version does not know come last. */
    private static int place(String type) {
        return AnalysisType.find(type).map(AnalysisType::ordinal).orElse(Integer.MAX_VALUE);
    }
}
