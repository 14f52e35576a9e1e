package dev.sluice.test.fault;

/** The direction of bytes through a proxy. */
public enum Direction {
    REQUESTS,
    ANSWERS
}
