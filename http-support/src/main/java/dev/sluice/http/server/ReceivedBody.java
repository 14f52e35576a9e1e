package dev.sluice.http.server;

import dev.sluice.http.api.Answer;
import dev.sluice.http.server.ByteBudget.Held;
import dev.sluice.http.share.Shares.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A body in memory, together with the budget it holds until it is closed. Budget is taken as bytes arrive, so declaring a length without
 * sending anything costs nobody anything.
 */
final class ReceivedBody implements AutoCloseable {

    private static final Duration WAIT_FOR_MEMORY = Duration.ofSeconds(1);

    // A body that is refused for want of memory before it is begun can be dropped, and its connection go on, up to this
    // length.
    private static final int FIRST_PIECE = 64 * 1024;
    private static final int GROWTH = 4;

    // Small ones do not matter.
    private static final int LARGE = 64 * 1024;

    private final Held memory;
    private final Held checking;
    private final OptionalLong declared;
    private final int most;
    private byte[] bytes = {};

    /** {@code most}: how long it may be, if it was not declared. */
    ReceivedBody(Held memory, Held checking, OptionalLong declared, int most) {
        this.memory = memory;
        this.checking = checking;
        this.declared = declared;
        this.most = declared.isPresent() ? Math.toIntExact(declared.getAsLong()) : most;
    }

    /** There was not enough memory in time. */
    static final class NoMemoryException extends IOException {
        private final transient Answer answer;

        private NoMemoryException(Outcome outcome) {
            this.answer = Problems.noMemory(outcome, "submitted");
        }

        Answer answer() {
            return answer;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** Takes memory for its beginning. */
    void begin() throws NoMemoryException {
        growTo(Math.min(FIRST_PIECE, most));
    }

    /** Reads it to its end. */
    void readAll(InputStream stream) throws IOException {
        int length = stream.readNBytes(bytes, 0, bytes.length);
        while (length == bytes.length && length < most) {
            growTo((int) Math.min((long) GROWTH * length, most));
            length += stream.readNBytes(bytes, length, bytes.length - length);
        }
        // Only at its end does the stream count as consumed, which keeps the connection open for the next request.
        if ((declared.isPresent() && length < most) || stream.read() >= 0) {
            throw new IOException("The body has another length than was declared");
        }
        if (length < bytes.length) {
            bytes = Arrays.copyOf(bytes, length);
            memory.shrinkTo(length);
        }
    }

    /** Takes memory for those who will read it. */
    void makeRoomForChecking() throws NoMemoryException {
        if (bytes.length > LARGE) {
            take(checking, (long) HttpLimits.CHECKING * bytes.length);
        }
    }

    /** Gives that memory back. */
    void validated() {
        checking.shrinkTo(0);
    }

    // While it is copied it is there twice, uncounted: nothing is waited for meanwhile, so there are no more of those
    // than processors.
    private void growTo(int size) throws NoMemoryException {
        take(memory, size);
        bytes = Arrays.copyOf(bytes, size);
    }

    private static void take(Held of, long size) throws NoMemoryException {
        Outcome outcome = of.growTo(size, WAIT_FOR_MEMORY);
        if (outcome != Outcome.TAKEN) {
            throw new NoMemoryException(outcome);
        }
    }

    @Override
    public void close() {
        memory.shrinkTo(0);
        checking.shrinkTo(0);
    }
}
