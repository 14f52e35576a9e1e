package dev.sluice.http.api;

import java.util.Optional;

/**
 * Handles a request whose body may have any length and is read as it arrives. Runs on a virtual thread and may block.
 */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Handles an authorized request. The connection closes afterwards.
     *
     * @return the response, or empty if it was written to {@link StreamRequest#answer}
     * @throws ProblemException to respond with a problem, as long as no response has begun
     */
    Optional<Answer> handle(StreamRequest request);
}
