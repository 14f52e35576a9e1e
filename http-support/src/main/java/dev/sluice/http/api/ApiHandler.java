package dev.sluice.http.api;

/** Answers one method of one resource. Runs on a virtual thread and may block. */
@FunctionalInterface
public interface ApiHandler {

    /**
     * Answers a request that was authorized already.
     *
     * @throws ProblemException to answer with a problem from anywhere
     */
    Answer handle(ApiRequest request);
}
