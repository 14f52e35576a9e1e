package dev.sluice.http.api;

/** Handles one method of one resource. Runs on a virtual thread and may block. */
@FunctionalInterface
public interface ApiHandler {

    /** Answers an authorized request, or throws a {@link ProblemException} from anywhere. */
    Answer handle(ApiRequest request);
}
