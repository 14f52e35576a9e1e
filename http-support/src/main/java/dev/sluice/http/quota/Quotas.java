package dev.sluice.http.quota;

import dev.sluice.service.settings.Environment;
import java.time.Duration;

/**
 * What each token may use per second on one instance: requests, sessions and notes, alone or in feeds, and their bytes.
 * Zero means unlimited. An idle token saves up what it does not use for as long as {@code burst}.
 */
public record Quotas(int requests, int sessions, long bytes, Duration burst) {

    private static final int MOST = 1_000_000;
    // The buckets support at most one unit per nanosecond.
    private static final long MOST_BYTES = 512L << 20;
    private static final Duration SHORTEST_BURST = Duration.ofMillis(1);
    private static final Duration LONGEST_BURST = Duration.ofHours(1);

    public static final Quotas NONE = new Quotas(0, 0, 0, Duration.ofSeconds(10));

    public Quotas {
        check(requests >= 0 && requests <= MOST, "requests", requests, "0 to " + MOST);
        check(sessions >= 0 && sessions <= MOST, "sessions", sessions, "0 to " + MOST);
        check(bytes >= 0 && bytes <= MOST_BYTES, "bytes", bytes, "0 to 512 MiB");
        check(burst.isPositive() && burst.compareTo(LONGEST_BURST) <= 0, "burst", burst, "above zero, up to an hour");
    }

    public static Quotas of(Environment environment) {
        return new Quotas(
                environment.integer("SLUICE_QUOTA_REQUESTS", NONE.requests, 0, MOST),
                environment.integer("SLUICE_QUOTA_SESSIONS", NONE.sessions, 0, MOST),
                environment.bytes("SLUICE_QUOTA_BYTES", NONE.bytes, 0, MOST_BYTES),
                environment.duration("SLUICE_QUOTA_BURST", NONE.burst, SHORTEST_BURST, LONGEST_BURST));
    }

    long perSecond(Quota quota) {
        return switch (quota) {
            case REQUESTS -> requests;
            case SESSIONS -> sessions;
            case BYTES -> bytes;
        };
    }

    private static void check(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ": expected " + expected);
        }
    }
}
