package dev.sluice.http.api;

/**
 * Handles a request whose body may have any length and is read as it arrives. Runs on a virtual thread and may block.
 */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Handles an authorized request and answers it. The connection closes afterwards.
     *
     * @throws ProblemException to respond with a problem, as long as no response has begun
     */
    void handle(StreamRequest request);
}
