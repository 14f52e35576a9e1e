package dev.sluice.processor.store;

/** Names of the fields of what is kept of tasks: a document for a group of up to about a hundred tasks of a project. */
public final class TaskFields {

    /** The collection's name in the first generation. */
    public static final String COLLECTION = "verifications";

    /** The project's id, 64 bits. */
    public static final String PROJECT = "project";

    /** The tasks by their ids without the project, as in {@code T6}. */
    public static final String TASKS = "tasks";

    /** Of a task, the slug of the status that follows from all that stands. */
    public static final String STATUS = "status";

    /** Of a task, what stands: by the slug of an analysis type the slug of its status. */
    public static final String STANDING = "standing";

    /** Of a task, how many notes it has had, 64 bits. */
    public static final String NOTES = "notes";

    /** Of a task, when the last note was received. */
    public static final String UPDATED = "updated";

    private TaskFields() {}
}
