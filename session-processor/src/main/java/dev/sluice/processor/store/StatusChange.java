package dev.sluice.processor.store;

import dev.sluice.contract.submission.NoteStatus;
import org.jspecify.annotations.Nullable;

/**
 * A change of a task's overall status by a submission.
 *
 * @param task the task's id without its project, as in {@code T6}
 * @param from the former status; null if the task had no note before
 */
public record StatusChange(String task, @Nullable NoteStatus from, NoteStatus to) {}
