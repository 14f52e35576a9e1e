package dev.sluice.processor.read.task;

/** Names of the fields of a task's document. */
final class TaskFields {

    /** {@code 1-T6}. */
    static final String ID = "_id";

    static final String PROJECT = "project";

    /** {@code T6}. */
    static final String TASK = "task";

    /** The slug of its verification status. */
    static final String STATUS = "status";

    /** What stands: slugs of statuses by slugs of analysis types. */
    static final String STANDING = "standing";

    /** How many notes it has had. */
    static final String NOTES = "notes";

    /** When the last of its notes was received. */
    static final String UPDATED = "updated";

    private TaskFields() {}
}
