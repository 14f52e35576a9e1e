package dev.sluice.processor.key;

/** The keys of a project as they are stored. Keys chosen by clients and keys made by us never collide. */
public final class ProjectKeys {

    private ProjectKeys() {}

    /** A client's Idempotency-Key. */
    public static String ofClient(long project, String idempotencyKey) {
        return project + " key " + idempotencyKey;
    }

    /** The key for putting a submission back on the log. */
    public static String ofResubmission(long project, long submission) {
        return project + " resubmission " + submission;
    }
}
