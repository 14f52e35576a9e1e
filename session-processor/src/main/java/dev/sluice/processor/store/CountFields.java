package dev.sluice.processor.store;

/** Names of the fields of a project's counts, whose {@code _id} is the project's id. */
public final class CountFields {

    /** The collection's name. */
    public static final String COLLECTION = "counts";

    /** By the slug of an analysis type, the number of stored sessions, 64 bits; missing if there are none. */
    public static final String SESSIONS = "sessions";

    /** By the slug of a {@link SubmissionState}, the number of submissions, 64 bits. */
    public static final String STATES = "states";

    private CountFields() {}
}
