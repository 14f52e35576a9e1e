package dev.sluice.processor.store;

/**
 * Which of a project's sessions are wanted.
 *
 * @param project the project's id
 * @param place where they are
 * @param limit at most so many, at least 1
 */
public record SessionQuery(long project, Place place, int limit) {

    /** Where a slice is. */
    public sealed interface Place {

        /** The newest, but for so many. */
        record Newest(int skip) implements Place {}

        /** The newest of those with a smaller id. */
        record Before(long id) implements Place {}

        /** The oldest of those with a larger id. */
        record After(long id) implements Place {}
    }
}
