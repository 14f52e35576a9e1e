package dev.sluice.contract.submission;

/** Hears of each note of a session that keeps the rules, in the order of the body: what the verification of its task follows from. */
@FunctionalInterface
public interface NoteListener {

    /** Hears nothing; no note costs anything then. */
    NoteListener NONE = (task, behaviour, status) -> {};

    /**
     * A note was read.
     *
     * @param task the task's id without its project, as in {@code T6}
     */
    void note(String task, Behaviour behaviour, NoteStatus status);
}
