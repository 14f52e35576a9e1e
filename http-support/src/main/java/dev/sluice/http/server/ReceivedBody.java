package dev.sluice.http.server;

import dev.sluice.contract.thread.Carriers;
import dev.sluice.http.api.Answer;
import dev.sluice.http.server.ByteBudget.Held;
import dev.sluice.http.share.Shares.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A body in memory, together with the budget it holds until closed. Budget is taken as bytes arrive, so declaring a
 * length without sending anything takes nothing from others.
 */
final class ReceivedBody implements AutoCloseable {

    private static final Duration WAIT_FOR_MEMORY = Duration.ofSeconds(1);

    // A body up to this length that is rejected for lack of memory before reading begins can be dropped and its
    // connection kept.
    private static final int FIRST_PIECE = 64 * 1024;
    private static final int GROWTH = 4;

    // Smaller bodies need too little memory to count.
    private static final int LARGE = 64 * 1024;

    private final Held memory;
    private final Held checking;
    private final int most;
    private byte[] bytes = {};

    /** {@code most}: the maximum length, if no length was declared. */
    ReceivedBody(Held memory, Held checking, OptionalLong declared, int most) {
        this.memory = memory;
        this.checking = checking;
        this.most = declared.isPresent() ? Math.toIntExact(declared.getAsLong()) : most;
    }

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

    void begin() throws NoMemoryException {
        growTo(Math.min(FIRST_PIECE, most));
    }

    void readAll(InputStream stream) throws IOException {
        int length = 0;
        boolean isMore = true;
        while (isMore) {
            int wanted = Math.min(bytes.length - length, Carriers.SLICE_BYTES);
            int read = stream.readNBytes(bytes, length, wanted);
            length += read;
            isMore = read == wanted && length < most;
            if (isMore) {
                Carriers.giveWay();
                if (length == bytes.length) {
                    growTo((int) Math.min((long) GROWTH * length, most));
                }
            }
        }
        // The stream counts as consumed only once its end has been read, which keeps the connection open for the
        // next request.
        if (stream.read() >= 0) {
            throw new IOException("The body is longer than was declared");
        }
        if (length < bytes.length) {
            bytes = Arrays.copyOf(bytes, length);
            memory.shrinkTo(length);
        }
    }

    void makeRoomForChecking() throws NoMemoryException {
        if (bytes.length > LARGE) {
            take(checking, (long) HttpLimits.CHECKING * bytes.length);
        }
    }

    void validated() {
        checking.shrinkTo(0);
    }

    // During the copy the body is in memory twice, uncounted: copying never waits, so at most as many bodies as
    // processors are copied at a time.
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
