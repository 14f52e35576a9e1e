package dev.sluice.ingest.feed;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.StreamRequest;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A request that supplies only a longest piece and unlimited memory. */
record NoRequest(int longestPiece, Runnable takingMemory) implements StreamRequest {

    NoRequest(int longestPiece) {
        this(longestPiece, () -> {});
    }

    @Override
    public boolean granted() {
        return true;
    }

    @Override
    public boolean takeMemory(long bytes, Duration within) {
        takingMemory.run();
        return true;
    }

    @Override
    public void giveBackMemory(long bytes) {}

    @Override
    public ApiRequest request() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream stream() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void answer(Answer answer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OutputStream answer(int status, String mediaType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Duration patience() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Duration takeOfQuota(long bytes) {
        return Duration.ZERO;
    }

    @Override
    public boolean stopping() {
        return false;
    }
}
