package dev.sluice.contract.submission;

/** Receives each valid note of a session in the order of the body, as input for the verification of the note's task. */
@FunctionalInterface
public interface NoteListener {

    /** Ignores notes, at no cost per note. */
    NoteListener NONE = (task, behaviour, status) -> {};

    /**
     * Called when a valid note has been read.
     *
     * @param task the task's id without its project, as in {@code T6}
     */
    void note(String task, Behaviour behaviour, NoteStatus status);
}
