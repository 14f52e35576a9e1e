package dev.sluice.test.fault;

/** What becomes of a message after something has happened to it. */
public sealed interface Then {

    /** It goes on as if nothing had been. */
    Then PASS = new Pass();

    /** It is dropped, and its connection is reset on both sides. */
    Then CUT = new Cut();

    /** See {@link Then#PASS}. */
    record Pass() implements Then {}

    /** See {@link Then#CUT}. */
    record Cut() implements Then {}

    /**
     * The client gets this for an answer; a request that has not reached the server yet never does.
     *
     * @param bytes the whole message, with its length
     */
    // Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(byte[] bytes) implements Then {}
}
