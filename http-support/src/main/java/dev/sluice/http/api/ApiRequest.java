package dev.sluice.http.api;

import dev.sluice.contract.access.AccessToken;
import java.util.Optional;

/** What a handler is given: who calls, the ids of the path, the query, the body within its limits. */
public interface ApiRequest {

    /** The caller's token. It opens the project, or all of them where the resource is no project's, and has the role that the method needs. */
    AccessToken caller();

    /** Names the request in answers, logs and the log's records. */
    String requestId();

    /** The project of the path. */
    long project();

    /**
     * An id of the path, as a positive 64-bit number.
     *
     * @throws ProblemException 404 if it is not one
     */
    long id(String parameter);

    /**
     * The task of the path, without its project: {@code T6} for both {@code T6} and {@code 1-T6}.
     *
     * @throws ProblemException 404 if it is not a task's id, or another project's
     */
    String task();

    /**
     * The value of a query parameter, decoded.
     *
     * @throws ProblemException 400 if it is given more than once, with different values
     */
    Optional<String> query(String parameter);

    /**
     * The value of a header.
     *
     * @throws ProblemException 400 if it is given more than once, with different values
     */
    Optional<String> header(String name);

    /**
     * The whole body. It is read within the limits of size and time, and within what all requests together may hold in memory.
     *
     * @throws ProblemException 413, 415, 408, 429 or 503
     */
    byte[] body();

    /** The body has been validated: gives back the memory that this took, before whatever is waited for next. */
    default void bodyValidated() {}

    /** Scheme, host and port as the client sees them, without a slash at the end. */
    String baseUrl();

    /** The path and query as sent. */
    String pathAndQuery();
}
