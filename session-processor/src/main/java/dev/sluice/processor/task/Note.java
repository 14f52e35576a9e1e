package dev.sluice.processor.task;

import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteStatus;

/**
 * The parts of a note that the verification of its task needs.
 *
 * @param task the task's id without its project, as in {@code T6}
 */
public record Note(String task, Behaviour behaviour, NoteStatus status) {}
