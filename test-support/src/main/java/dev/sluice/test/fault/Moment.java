package dev.sluice.test.fault;

/** When, on the way of a request, something is to happen. */
public enum Moment {
    /** The client has sent it, and the server has seen nothing of it. */
    BEFORE,
    /** The server has the first half of it. */
    HALFWAY,
    /** The server has answered, and the client has seen nothing of that. */
    ANSWERED
}
