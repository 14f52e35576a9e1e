package dev.sluice.http.server;

import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.Heap;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Limits on a client's use of time and memory, as docs/reference.md describes them. */
public record HttpLimits(
        int maxBodyBytes,
        Duration bodyTimeout,
        long bodyBudgetBytes,
        int maxConnections,
        int maxRequests,
        Duration headerTimeout,
        Duration idleTimeout,
        Duration answerTimeout,
        Duration drainTimeout) {

    /** The memory needed to check a body that consists of short names only, as a multiple of the body's length. */
    public static final int CHECKING = 12;

    private static final int DEFAULT_BODY = 8 * 1024 * 1024;
    private static final int LARGEST_BODY = 256 * 1024 * 1024;
    private static final long LARGEST_BUDGET = 1L << 40;
    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final int FEWEST_BY_DEFAULT = 256;
    private static final int MOST_BY_DEFAULT = 16_384;
    // 22 KiB without a request, up to 36 KiB while the longest headers arrive.
    private static final int BYTES_PER_CONNECTION = 32 * 1024;
    // 29 KiB without a request, up to 69 KiB.
    private static final int BYTES_PER_TLS_CONNECTION = 64 * 1024;

    public HttpLimits {
        check(maxBodyBytes > 0 && maxBodyBytes <= LARGEST_BODY, "maxBodyBytes", maxBodyBytes, "1 to 256 MiB");
        check(
                bodyBudgetBytes >= maxBodyBytes,
                "bodyBudgetBytes",
                bodyBudgetBytes,
                "at least one body of " + maxBodyBytes + " bytes");
        check(maxConnections > 0, "maxConnections", maxConnections, "at least 1");
        check(maxRequests > 0, "maxRequests", maxRequests, "at least 1");
        check(bodyTimeout.isPositive(), "bodyTimeout", bodyTimeout, "above zero");
        check(headerTimeout.isPositive(), "headerTimeout", headerTimeout, "above zero");
        check(idleTimeout.isPositive(), "idleTimeout", idleTimeout, "above zero");
        check(answerTimeout.isPositive(), "answerTimeout", answerTimeout, "above zero");
        check(!drainTimeout.isNegative(), "drainTimeout", drainTimeout, "zero or more");
    }

    /**
     * By default bodies may hold a sixth of the heap and checking them another sixth; connections without a body may
     * hold a quarter.
     */
    public static HttpLimits defaults() {
        return defaults(Heap.ofProcess());
    }

    public static HttpLimits defaults(Heap heap) {
        return defaults(heap, BYTES_PER_CONNECTION);
    }

    public static HttpLimits tlsDefaults(Heap heap) {
        return defaults(heap, BYTES_PER_TLS_CONNECTION);
    }

    private static HttpLimits defaults(Heap heap, int bytesPerConnection) {
        return new HttpLimits(
                DEFAULT_BODY,
                Duration.ofSeconds(30),
                Math.max(DEFAULT_BODY, heap.share(6)),
                Math.clamp(heap.share(4) / bytesPerConnection, FEWEST_BY_DEFAULT, MOST_BY_DEFAULT),
                10_240,
                Duration.ofSeconds(20),
                Duration.ofSeconds(75),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
    }

    static HttpLimits of(Environment environment, boolean tls) {
        HttpLimits defaults = tls ? tlsDefaults(Heap.ofProcess()) : defaults();
        long maxBody = environment.bytes("SLUICE_MAX_BODY", defaults.maxBodyBytes, 1, LARGEST_BODY);
        return new HttpLimits(
                (int) maxBody,
                environment.duration("SLUICE_BODY_TIMEOUT", defaults.bodyTimeout),
                Math.max(maxBody, environment.bytes("SLUICE_BODY_BUDGET", defaults.bodyBudgetBytes, 1, LARGEST_BUDGET)),
                environment.integer("SLUICE_MAX_CONNECTIONS", defaults.maxConnections, 1, MOST_CONNECTIONS),
                environment.integer("SLUICE_MAX_REQUESTS", defaults.maxRequests, 1, MOST_CONNECTIONS),
                environment.duration("SLUICE_HEADER_TIMEOUT", defaults.headerTimeout),
                environment.duration("SLUICE_IDLE_TIMEOUT", defaults.idleTimeout),
                defaults.answerTimeout,
                environment.duration("SLUICE_DRAIN_TIMEOUT", defaults.drainTimeout));
    }

    /** Memory for large answers that wait for a part of the memory for bodies, in bytes: a quarter as much. */
    long waitingAnswerBytes() {
        return Math.max(1, bodyBudgetBytes / 4);
    }

    /** The part of the memory for bodies that one request may hold: half of it, or one body if that is more. */
    long requestBudgetBytes() {
        return Math.max(maxBodyBytes, bodyBudgetBytes / 2);
    }

    public HttpLimits withDrainTimeout(Duration drainTimeout) {
        return new HttpLimits(
                maxBodyBytes,
                bodyTimeout,
                bodyBudgetBytes,
                maxConnections,
                maxRequests,
                headerTimeout,
                idleTimeout,
                answerTimeout,
                drainTimeout);
    }

    static void check(boolean holds, String name, @Nullable Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ": expected " + expected);
        }
    }
}
