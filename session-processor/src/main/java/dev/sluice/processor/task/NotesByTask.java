package dev.sluice.processor.task;

import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.store.FoldedDocuments;
import dev.sluice.processor.store.StatusChange;
import dev.sluice.processor.store.StatusChanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Notes by task, added in log order. Not thread-safe. */
public final class NotesByTask {

    // By project first, so that looking up a note's task allocates nothing.
    private final Map<Long, Map<String, NotesOfTask>> byProject = new HashMap<>();
    private final List<NotesOfTask> each = new ArrayList<>();
    private final Map<TaskGroup, TaskGroupChange> groups = new HashMap<>();
    private final List<Noted> noted = new ArrayList<>();
    private Map<BsonValue, ? extends BsonDocument> stored = Map.of();

    private record Noted(NotedSubmission submission, List<Note> notes) {}

    /** Adds a submission's notes in the order of its body. They must not change afterwards. */
    public void add(NotedSubmission submission, List<Note> notes) {
        Map<String, NotesOfTask> byTask = byProject.computeIfAbsent(submission.project(), project -> new HashMap<>());
        for (Note note : notes) {
            NotesOfTask change = byTask.get(note.task());
            if (change == null) {
                change = new NotesOfTask(submission.project(), note.task());
                byTask.put(note.task(), change);
                each.add(change);
                groupOf(submission.project(), note.task()).add(change);
            }
            change.add(submission, note);
        }
        noted.add(new Noted(submission, notes));
    }

    /** The changes, one for each group of tasks. */
    public List<? extends FoldedDocuments.Change> all() {
        return List.copyOf(groups.values());
    }

    List<NotesOfTask> each() {
        return each;
    }

    /** Begins with the groups' documents before these changes, by id. */
    public void beginWith(Map<BsonValue, ? extends BsonDocument> documents) {
        stored = documents;
        groups.values().forEach(group -> group.beginWith(documents.get(group.id())));
    }

    /** The documents that it began with. */
    Map<BsonValue, ? extends BsonDocument> stored() {
        return stored;
    }

    /** The submissions that a group's stored document already includes. */
    Set<Long> included() {
        Set<Long> included = new HashSet<>();
        each.forEach(change -> included.addAll(change.included()));
        return included;
    }

    /** The status changes that each submission causes, by id. Must be called only once, after {@link #beginWith}. */
    public Map<Long, StatusChanges> statusChanges() {
        Map<Long, StatusChanges> bySubmission = new HashMap<>();
        for (Noted one : noted) {
            List<StatusChange> changes = changes(one);
            if (!changes.isEmpty()) {
                bySubmission.put(one.submission().id(), StatusChanges.of(changes));
            }
        }
        return bySubmission;
    }

    private TaskGroupChange groupOf(long project, String task) {
        return groups.computeIfAbsent(TaskGroup.of(project, task), group -> new TaskGroupChange(project, group));
    }

    private List<StatusChange> changes(Noted one) {
        Map<String, NotesOfTask> byTask =
                byProject.getOrDefault(one.submission().project(), Map.of());
        Map<NotesOfTask, @Nullable NoteStatus> before = new LinkedHashMap<>();
        for (Note note : one.notes()) {
            NotesOfTask change = byTask.get(note.task());
            if (change != null) {
                if (!before.containsKey(change)) {
                    before.put(change, change.status());
                }
                change.fold(one.submission(), note);
            }
        }
        List<StatusChange> changes = new ArrayList<>();
        before.forEach((change, from) -> {
            NoteStatus to = change.status();
            if (to != null && to != from) {
                changes.add(new StatusChange(change.task(), from, to));
            }
        });
        return changes;
    }
}
