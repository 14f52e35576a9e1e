package dev.sluice.endtoend.hostile;

/** One step of a conversation with the server. */
sealed interface Step {

    /** Sends just these bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Send(byte[] bytes) implements Step {}

    /** Expects an answer, with this text somewhere in it. */
    record Answered(int status, String text) implements Step {}

    /** Expects that the server says nothing more, and takes nothing more for a request. */
    record Closed() implements Step {}
}
