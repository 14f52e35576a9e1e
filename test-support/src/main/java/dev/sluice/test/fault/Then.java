package dev.sluice.test.fault;

/** What to do with a message after an action. */
public sealed interface Then {

    /** Forward the message unchanged. */
    Then PASS = new Pass();

    /** Drop the message and reset its connection on both sides. */
    Then CUT = new Cut();

    record Pass() implements Then {}

    record Cut() implements Then {}

    /**
     * Send this response to the client; a request that has not reached the server yet is dropped.
     *
     * @param bytes the whole message with its length prefix
     */
    // Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(byte[] bytes) implements Then {}
}
