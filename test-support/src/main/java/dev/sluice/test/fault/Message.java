package dev.sluice.test.fault;

/**
 * A request, or the response to it.
 *
 * @param request the request's name, such as {@code insert submissions} or {@code OFFSET_COMMIT}
 * @param id the request's id on its connection
 * @param bytes the whole message with its length prefix: the request's, or the response's once there is one
 */
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Message(String request, int id, byte[] bytes) {

    Message with(byte[] answer) {
        return new Message(request, id, answer);
    }
}
