package dev.sluice.processor.task;

import dev.sluice.processor.store.PositionedDocuments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notes by the task that they are about. They are to be added in the order of the log. For one thread. */
public final class TaskChanges {

    // By project first, so that nothing has to be made to look a note's task up.
    private final Map<Long, Map<String, TaskChange>> byProject = new HashMap<>();
    private final List<TaskChange> all = new ArrayList<>();

    /** Adds a submission's notes, in the order of its body. */
    public void add(NotedSubmission submission, List<Note> notes) {
        Map<String, TaskChange> byTask = byProject.computeIfAbsent(submission.project(), project -> new HashMap<>());
        for (Note note : notes) {
            TaskChange change = byTask.get(note.task());
            if (change == null) {
                change = new TaskChange(submission.project(), note.task());
                byTask.put(note.task(), change);
                all.add(change);
            }
            change.add(submission, note);
        }
    }

    /** One for each task. */
    public List<? extends PositionedDocuments.Change> all() {
        return all;
    }
}
