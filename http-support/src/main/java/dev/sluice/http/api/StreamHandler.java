package dev.sluice.http.api;

import java.util.Optional;

/** Answers a request whose body may be of any length, and is read as it comes. Runs on a virtual thread and may block. */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Answers a request that was authorized already. The connection ends with it.
     *
     * @return the answer, or nothing if it was written to {@link StreamRequest#answer}
     * @throws ProblemException to answer with a problem, as long as no answer has begun
     */
    Optional<Answer> handle(StreamRequest request);
}
