package dev.sluice.http.api;

/** Handles one method of one resource. Runs on a virtual thread and may block. */
@FunctionalInterface
public interface ApiHandler {

    /** @throws ProblemException to respond with a problem from anywhere */
    Answer handle(ApiRequest request);
}
