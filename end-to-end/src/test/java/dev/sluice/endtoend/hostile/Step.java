package dev.sluice.endtoend.hostile;

/** One step of a conversation with the server. */
sealed interface Step {

    /** Sends exactly these bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Send(byte[] bytes) implements Step {}

    /** Expects a response that contains this text. */
    record Answered(int status, String text) implements Step {}

    /** Expects no further response, and that nothing more is taken for a request. */
    record Closed() implements Step {}
}
