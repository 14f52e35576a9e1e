package dev.sluice.processor.count;

import dev.sluice.processor.store.SubmissionState;

/** Names of the fields of a project's counts, whose {@code _id} is the project's id. */
public final class CountFields {

    /** The collection's name. */
    public static final String COLLECTION = "counts";

    /** By the slug of an analysis type, the number of stored sessions, 64 bits; missing if there are none. */
    static final String SESSIONS = "sessions";

    /** By the slug of a {@link SubmissionState}, the number of submissions, 64 bits. */
    static final String STATES = "states";

    private CountFields() {}
}
