package dev.sluice.ingest.feed;

import dev.sluice.http.api.StreamRequest;
import java.io.IOException;
import java.time.Duration;

/**
 * The memory that a feed's line at hand takes of what all bodies share. Short lines take none: there are only so many feeds. A long one takes
 * at once what the longest could need, so that no two feeds wait for each other with half of theirs.
 */
final class LineMemory {

    private static final int FREE_BYTES = 128 * 1024;
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final StreamRequest request;
    private boolean taken;

    LineMemory(StreamRequest request) {
        this.request = request;
    }

    /** There was not enough of it in time. */
    static final class NoneLeftException extends IOException {
        private NoneLeftException() {
            super("Too much is being submitted at the moment." + FeedEnd.GO_ON);
        }
    }

    void takeFor(int bytes) throws NoneLeftException {
        if (!taken && bytes > FREE_BYTES) {
            if (!request.takeMemory(most(), WAIT)) {
                throw new NoneLeftException();
            }
            taken = true;
        }
    }

    void giveBack() {
        if (taken) {
            taken = false;
            request.giveBackMemory(most());
        }
    }

    // While it grows it is there twice.
    private long most() {
        return 2L * request.longestPiece();
    }
}
