package dev.sluice.processor.store;

/** Names of the fields of a task's document, whose {@code _id} is the task's, as in {@code 1-T6}. */
public final class TaskFields {

    /** The collection's name. */
    public static final String COLLECTION = "tasks";

    /** The project's id, 64 bits. */
    public static final String PROJECT = "project";

    /** The task's id without its project, as in {@code T6}. */
    public static final String TASK = "task";

    /** The slug of the status that follows from all that stands. */
    public static final String STATUS = "status";

    /** What stands: by the slug of an analysis type the slug of its status. */
    public static final String STANDING = "standing";

    /** How many notes the task has had, 64 bits. */
    public static final String NOTES = "notes";

    /** When the last note was received. */
    public static final String UPDATED = "updated";

    private TaskFields() {}
}
