package dev.sluice.http.api;

import dev.sluice.contract.access.AccessToken;
import java.util.Optional;

/** The request that a handler receives: the caller, the ids in the path, the query, and the body within its limits. */
public interface ApiRequest {

    /**
     * The caller's token. It grants access to the project (to all projects if the resource belongs to none) and has
     * the role that the method requires.
     */
    AccessToken caller();

    /** Identifies the request in responses, log lines and Kafka records. */
    String requestId();

    long project();

    /**
     * An id in the path, as a positive 64-bit number.
     *
     * @throws ProblemException 404 if it is not such a number
     */
    long id(String parameter);

    /**
     * The task in the path, without its project: {@code T6} for both {@code T6} and {@code 1-T6}.
     *
     * @throws ProblemException 404 if it is not a task id, or belongs to another project
     */
    String task();

    /**
     * The decoded value of a query parameter.
     *
     * @throws ProblemException 400 if it is given more than once with different values
     */
    Optional<String> query(String parameter);

    /**
     * The value of a header.
     *
     * @throws ProblemException 400 if it is given more than once with different values
     */
    Optional<String> header(String name);

    /**
     * The whole body. Reading it is limited in size and time, and in the memory that all requests together may hold.
     *
     * @throws ProblemException 413, 415, 408, 429 or 503
     */
    byte[] body();

    /** Called when the body has been validated: releases the memory reserved for validation, before any further waiting. */
    default void bodyValidated() {}

    /** Scheme, host and port as the client sees them, without a trailing slash. */
    String baseUrl();

    String pathAndQuery();
}
