package dev.sluice.test.fault;

/** The direction of bytes through a proxy. */
public enum Direction {
    /** From the client to the server. */
    REQUESTS,
    /** From the server to the client. */
    ANSWERS
}
