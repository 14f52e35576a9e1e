package dev.sluice.http.api;

/**
 * Handles a request whose body may have any length and is read as it arrives. Runs on a virtual thread and may block.
 */
@FunctionalInterface
public interface StreamHandler {

    /** Answers an authorized request, or throws a {@link ProblemException} as long as no response has begun. */
    void handle(StreamRequest request);
}
