package dev.sluice.ingest.feed;

import dev.sluice.http.api.StreamRequest;
import java.io.IOException;
import java.time.Duration;

/**
 * The part of the common body budget that a feed's current line holds. Short lines hold none, because the number of feeds is bounded. A long line
 * acquires at once what the longest line could need, so that two feeds cannot deadlock with half of it each.
 */
final class LineMemory {

    private static final int FREE_BYTES = 128 * 1024;
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final StreamRequest request;
    private boolean taken;

    LineMemory(StreamRequest request) {
        this.request = request;
    }

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

    // A growing line exists twice while it is copied.
    private long most() {
        return 2L * request.longestPiece();
    }
}
