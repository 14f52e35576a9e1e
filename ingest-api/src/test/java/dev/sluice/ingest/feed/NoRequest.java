package dev.sluice.ingest.feed;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.http.api.StreamRequest;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** Nothing but memory, of which there is enough, and a longest piece. */
record NoRequest(int longestPiece, Runnable takingMemory) implements StreamRequest {

    NoRequest(int longestPiece) {
        this(longestPiece, () -> {});
    }

    @Override
    public boolean granted() {
        return true;
    }

    @Override
    public String requestId() {
        return "none";
    }

    @Override
    public boolean takeMemory(long bytes, Duration within) {
        takingMemory.run();
        return true;
    }

    @Override
    public void giveBackMemory(long bytes) {}

    @Override
    public InputStream stream() {
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
    public Duration takeOfQuota(int sessions, long bytes) {
        return Duration.ZERO;
    }

    @Override
    public boolean stopping() {
        return false;
    }

    @Override
    public AccessToken caller() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long project() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long id(String parameter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String task() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> query(String parameter) {
        return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.empty();
    }

    @Override
    public byte[] body() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String baseUrl() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String pathAndQuery() {
        throw new UnsupportedOperationException();
    }
}
