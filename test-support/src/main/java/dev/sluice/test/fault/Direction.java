package dev.sluice.test.fault;

/** Which way bytes go through a proxy. */
public enum Direction {
    /** From the client to the server. */
    REQUESTS,
    /** From the server to the client. */
    ANSWERS
}
