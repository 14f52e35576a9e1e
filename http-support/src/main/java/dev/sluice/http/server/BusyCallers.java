package dev.sluice.http.server;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Tells which tokens keep the service busiest, once a minute, if any request was refused in it for want of room or
 * because of a quota: otherwise nobody could tell who takes it from the others. Thread-safe.
 */
final class BusyCallers {

    private static final long EVERY = Duration.ofMinutes(1).toNanos();
    private static final int NAMED = 5;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final LongSupplier nanoTime;
    private final Consumer<String> told;
    private volatile Map<String, Use> uses = new ConcurrentHashMap<>();
    private long begun;

    BusyCallers(LongSupplier nanoTime, Consumer<String> told) {
        this.nanoTime = nanoTime;
        this.told = told;
        this.begun = nanoTime.getAsLong();
    }

    private static final class Use {
        private final LongAdder requests = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private final LongAdder nanos = new LongAdder();
    }

    private record Sum(String caller, long requests, long refused, Duration took) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%s %d, of which %d refused, %d s", caller, requests, refused, took.toSeconds());
        }
    }

    /** Notes a request that was answered. {@code caller}: the token's id. */
    void record(String caller, int status, long nanos) {
        Use use = uses.computeIfAbsent(caller, _ -> new Use());
        use.requests.increment();
        use.nanos.add(nanos);
        if (status == TOO_MANY_REQUESTS || status == UNAVAILABLE) {
            use.refused.increment();
        }
    }

    /** Tells about the last minute, if it is over. Called regularly, on one thread. */
    void tell() {
        long now = nanoTime.getAsLong();
        if (now - begun < EVERY) {
            return;
        }
        begun = now;
        Map<String, Use> over = uses;
        uses = new ConcurrentHashMap<>();
        List<Sum> sums = over.entrySet().stream()
                .map(entry -> sum(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Sum::took).reversed())
                .toList();
        long refused = sums.stream().mapToLong(Sum::refused).sum();
        if (refused > 0) {
            long requests = sums.stream().mapToLong(Sum::requests).sum();
            told.accept(String.format(
                    Locale.ROOT,
                    "Of %d requests in a minute %d were refused with 429 or 503. The tokens whose requests took longest together: %s",
                    requests,
                    refused,
                    sums.stream().limit(NAMED).map(Sum::toString).collect(Collectors.joining("; "))));
        }
    }

    private static Sum sum(String caller, Use use) {
        return new Sum(caller, use.requests.sum(), use.refused.sum(), Duration.ofNanos(use.nanos.sum()));
    }
}
