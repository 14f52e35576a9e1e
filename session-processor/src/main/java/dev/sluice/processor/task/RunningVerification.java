package dev.sluice.processor.task;

import dev.sluice.contract.submission.NoteStatus;
import org.jspecify.annotations.Nullable;

/** What stands for a task while notes about it are gone through in the order of the log. For one thread. */
final class RunningVerification {

    private final long position;
    private Verification verification;

    /** Begins with what stands; notes of submissions up to {@code position} are in it already. */
    RunningVerification(Verification verification, long position) {
        this.verification = verification;
        this.position = position;
    }

    void take(NotedSubmission submission, Note note) {
        if (submission.id() > position) {
            verification = verification.after(submission.type(), note.behaviour(), note.status());
        }
    }

    /** The task's overall status, null before the first note. */
    @Nullable
    NoteStatus status() {
        return verification.standing().isEmpty() ? null : verification.overall();
    }
}
