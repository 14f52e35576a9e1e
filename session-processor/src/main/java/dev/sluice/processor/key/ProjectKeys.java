package dev.sluice.processor.key;

/** The keys of a project as they are stored. Those that clients choose and those that we make cannot be mistaken for each other. */
public final class ProjectKeys {

    private ProjectKeys() {}

    /** A client's Idempotency-Key. */
    public static String ofClient(long project, String idempotencyKey) {
        return project + " key " + idempotencyKey;
    }

    /** For putting a submission back on the log. */
    public static String ofResubmission(long project, long submission) {
        return project + " resubmission " + submission;
    }
}
