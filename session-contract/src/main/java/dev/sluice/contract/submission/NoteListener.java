package dev.sluice.contract.submission;

/** Receives each valid note of a session in the order of the body, as input for the verification of the note's task. */
@FunctionalInterface
public interface NoteListener {

    /** Ignores notes, at no cost per note. */
    NoteListener NONE = (task, behaviour, status) -> {};

    /** {@code task} is without its project, as in {@code T6}. */
    void note(String task, Behaviour behaviour, NoteStatus status);
}
