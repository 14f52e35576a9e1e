package dev.sluice.processor.store;

import dev.sluice.contract.submission.NoteStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a submission did to a task's overall status.
 *
 * @param task the task's id without its project, as in {@code T6}
 * @param from null if there was no note about the task before
 */
public record VerificationChange(String task, @Nullable NoteStatus from, NoteStatus to) {}
