package dev.sluice.processor.task;

import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteStatus;

/**
 * What the verification of a task needs of a note.
 *
 * @param task the task's id without its project, as in {@code T6}
 */
public record Note(String task, Behaviour behaviour, NoteStatus status) {}
