package dev.sluice.endtoend.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Submits at a fixed rate, like many independent scanners, without waiting for responses. */
final class OpenLoop implements AutoCloseable {

    private static final int TICK_MILLIS = 10;
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(60);
    // Of thousands of connections at once the system drops some, and by itself tries the last one again only after half
    // a minute.
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(1);
    private static final int TRIES_TO_CONNECT = 30;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTED_WITHIN)
            .build();
    private final HttpRequest request;

    OpenLoop(URI edge, String token, long project) {
        request = HttpRequest.newBuilder(edge.resolve("/api/v2/projects/" + project + "/analysis-sessions/"))
                .timeout(ANSWERED_WITHIN)
                .header("Authorization", "Token " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"analysis_ref\":\"open-loop\",\"analysis_type\":\"veracode\"}"))
                .build();
    }

    /** The result of one request. */
    private record Answered(int status, String body, Duration took) {

        boolean isAccepted() {
            return status == 201;
        }

        boolean isRefused() {
            return status == 503 && !isUnknown();
        }

        boolean isUnknown() {
            return status == 503 && body.contains("unknown");
        }
    }

    /**
     * The results of all requests.
     *
     * @param perSecond the rate of requests
     * @param others results that are neither accepted, nor refused, nor of unknown outcome; there should be none
     */
    record Outcome(int perSecond, Share accepted, Share refused, int unknown, List<String> others) {

        @Override
        public String toString() {
            return "%d/s sent: accepted %s, refused %s, unknown %d".formatted(perSecond, accepted, refused, unknown);
        }
    }

    /** The number of requests with one result, and their response times. */
    record Share(int count, Duration median, Duration p99) {

        @Override
        public String toString() {
            return "%d (p50 %d ms, p99 %d ms)".formatted(count, median.toMillis(), p99.toMillis());
        }
    }

    /** Sends {@code perSecond} requests per second for {@code duration}, and returns when all have been answered. */
    Outcome run(int perSecond, Duration duration) {
        Queue<CompletableFuture<Answered>> sent = new ConcurrentLinkedQueue<>();
        int ticks = Math.toIntExact(duration.toMillis() / TICK_MILLIS);
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            var ticking = clock.scheduleAtFixedRate(
                    () -> {
                        for (int i = 0; i < perSecond * TICK_MILLIS / 1000; i++) {
                            sent.add(send());
                        }
                    },
                    0,
                    TICK_MILLIS,
                    TimeUnit.MILLISECONDS);
            clock.schedule(() -> ticking.cancel(false), (long) ticks * TICK_MILLIS, TimeUnit.MILLISECONDS)
                    .get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the open loop was disturbed", e);
        }
        List<Answered> answers = sent.stream().map(CompletableFuture::join).toList();
        return new Outcome(
                Math.toIntExact(answers.size() * 1000L / duration.toMillis()),
                share(answers, Answered::isAccepted),
                share(answers, Answered::isRefused),
                Math.toIntExact(answers.stream().filter(Answered::isUnknown).count()),
                answers.stream()
                        .filter(answer -> !answer.isAccepted() && !answer.isRefused() && !answer.isUnknown())
                        .map(Answered::toString)
                        .toList());
    }

    @Override
    public void close() {
        http.close();
    }

    private CompletableFuture<Answered> send() {
        long start = System.nanoTime();
        return connectAndSend(TRIES_TO_CONNECT)
                .handle((HttpResponse<String> response, Throwable failure) -> new Answered(
                        failure == null ? response.statusCode() : 0,
                        failure == null ? response.body() : failure.toString(),
                        Duration.ofNanos(System.nanoTime() - start)));
    }

    private CompletableFuture<HttpResponse<String>> connectAndSend(int tries) {
        return http.sendAsync(request, BodyHandlers.ofString())
                .exceptionallyCompose(failure -> (isUnconnected(failure) || isUnanswered(failure)) && tries > 1
                        ? connectAndSend(tries - 1)
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean isUnconnected(Throwable failure) {
        return failure instanceof HttpConnectTimeoutException
                || failure.getCause() instanceof HttpConnectTimeoutException;
    }

    /** A service that is short of connections may close one just before its request comes. */
    private static boolean isUnanswered(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("header parser received no bytes");
    }

    private static Share share(List<Answered> answers, Predicate<Answered> which) {
        List<Duration> took =
                answers.stream().filter(which).map(Answered::took).sorted().toList();
        return new Share(took.size(), at(took, 50), at(took, 99));
    }

    private static Duration at(List<Duration> sorted, int percent) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((sorted.size() - 1) * percent / 100);
    }
}
