package dev.sluice.processor.store;

/** Names of the fields of a project's counts, whose {@code _id} is the project's id. */
public final class CountFields {

    /** The collection's name. */
    public static final String COLLECTION = "counts";

    /** By the slug of an analysis type, the number of stored sessions, 64 bits; missing if there are none. */
    public static final String SESSIONS = "sessions";

    /** By state, the number of submissions, 64 bits; see the next three. */
    public static final String STATES = "states";

    /** Sessions and lone notes. */
    public static final String STORED = "stored";

    /** Submissions that break the rules, and dead letters that name the project. */
    public static final String REJECTED = "rejected";

    /** Submissions that repeat an earlier one. */
    public static final String DUPLICATE = "duplicate";

    private CountFields() {}
}
