package dev.sluice.test.fault;

/** The point in a request's way at which to act. */
public enum Moment {
    /** The client has sent the request, and the server has received nothing of it. */
    BEFORE,
    /** The server has received the first half. */
    HALFWAY,
    /** The server has responded, and the client has received nothing of the response. */
    ANSWERED
}
