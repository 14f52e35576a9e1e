package dev.sluice.test.fault;

/**
 * A request on its way, or the answer to it on its way back.
 *
 * @param request what is asked, as in {@code insert submissions} or {@code OFFSET_COMMIT}
 * @param id the request's, on its connection
 * @param bytes of the whole message, with its length; of the answer once that is on its way
 */
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Message(String request, int id, byte[] bytes) {

    Message with(byte[] answer) {
        return new Message(request, id, answer);
    }
}
