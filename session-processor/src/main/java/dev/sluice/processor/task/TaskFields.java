package dev.sluice.processor.task;

/** Field names of the tasks' documents, each for a group of up to about a hundred tasks of a project. */
public final class TaskFields {

    public static final String COLLECTION = "verifications";

    static final String PROJECT = "project";

    /** The tasks, by id without the project, as in {@code T6}. */
    public static final String TASKS = "tasks";

    /** In a task, the slug of its overall status. */
    public static final String STATUS = "status";

    /** In a task, by the slug of an analysis type, the slug of the status that stands. */
    public static final String STANDING = "standing";

    /** In a task, the number of its notes so far, 64 bits. */
    public static final String NOTES = "notes";

    /** In a task, when its last note was received. */
    public static final String UPDATED = "updated";

    private TaskFields() {}
}
