package dev.sluice.http.quota;

/** What an operation uses of each quota. */
public record Cost(int requests, int sessions, long bytes) {

    long of(Quota quota) {
        return switch (quota) {
            case REQUESTS -> requests;
            case SESSIONS -> sessions;
            case BYTES -> bytes;
        };
    }
}
