package dev.sluice.standalone.feed;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.sluice.standalone.command.AnswerBody;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.Unanswered;
import dev.sluice.standalone.command.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Sends the segments of one feed under the feed's key, so that a segment that is sent again is not stored twice.
 * Retries with a delay where that can help, and sends smaller segments once a response has timed out. Not thread-safe.
 */
final class FeedClient implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 429, 500, 502, 503, 504);
    // As the guide describes the detail of an answer to damaged data.
    private static final String DAMAGED = "stored wrong";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final URI sessions;
    private final String token;
    private final Feed feed;
    private final Retries retries;
    private int mostLines = Integer.MAX_VALUE;

    FeedClient(URI sessions, String token, Feed feed, Retries retries) {
        this.sessions = sessions;
        this.token = token;
        this.feed = feed;
        this.retries = retries;
    }

    /**
     * How a feed is sent.
     *
     * @param key the feed's Idempotency-Key
     * @param compresses whether request bodies are compressed
     * @param patience how long to retry while nothing gets through
     * @param answerWithin how long to wait for a whole response
     */
    record Feed(String key, boolean compresses, Duration patience, Duration answerWithin) {}

    /** Called for each failed attempt that will be retried. */
    @FunctionalInterface
    interface Retries {
        void again(String reason, Duration after);
    }

    /**
     * Sends a segment, and retries until the server has reported the outcome of at least its first lines.
     *
     * @throws DamagedPartException if lines of it may be stored wrong
     * @throws CommandFailure if a retry cannot help, or retries have failed for too long; that time starts anew when less is sent
     */
    SegmentAnswer send(Segment segment) throws InterruptedException {
        long begun = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            switch (attempt(segment.atMost(mostLines), pause)) {
                case Answered answered -> {
                    return answered.answer();
                }
                case Failed failed -> {
                    if (failed.sendsLess()) {
                        begun = System.nanoTime();
                    }
                    waitAfter(failed, Duration.ofNanos(System.nanoTime() - begun));
                }
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private sealed interface Attempt {}

    private record Answered(SegmentAnswer answer) implements Attempt {}

    private record Failed(String reason, Duration pause, boolean sendsLess) implements Attempt {}

    private Attempt attempt(Segment segment, Duration pause) throws InterruptedException {
        try {
            return judge(WholeAnswer.to(request(segment), http, feed.answerWithin()), segment, pause);
        } catch (HttpTimeoutException e) {
            // The response comes only after the server has read the whole body, which a quota or a slow network delays.
            boolean sendsLess = !(e instanceof HttpConnectTimeoutException)
                    && segment.lines().size() > 1;
            if (sendsLess) {
                mostLines = segment.lines().size() / 2;
            }
            return new Failed("no answer from " + sessions.getAuthority() + " in time", pause, sendsLess);
        } catch (IOException e) {
            Optional<String> distrust = Unanswered.distrust(sessions, e);
            if (distrust.isPresent()) {
                throw new CommandFailure(distrust.get(), e);
            }
            return new Failed(
                    "no answer from " + sessions.getAuthority() + " (" + Unanswered.reason(e) + ")", pause, false);
        }
    }

    private void waitAfter(Failed failed, Duration tried) throws InterruptedException {
        if (tried.plus(failed.pause()).compareTo(feed.patience()) > 0) {
            throw new CommandFailure(failed.reason() + "; gave up after " + tried.toSeconds()
                    + " s: the next try would be later than --retry-for allows");
        }
        retries.again(failed.reason(), failed.pause());
        Thread.sleep(failed.pause());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest request(Segment segment) {
        byte[] plain = segment.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sessions + "?from_line=" + segment.firstLine()))
                .header("Authorization", "Token " + token)
                .header("Content-Type", "application/x-ndjson")
                .header("Accept", "application/json")
                .header("Idempotency-Key", feed.key())
                .POST(BodyPublishers.ofByteArray(feed.compresses() ? compressed(plain) : plain));
        return feed.compresses() ? request.header("Content-Encoding", "zstd").build() : request.build();
    }

    // With a checksum: without one, damage on the way may expand to other sessions that are valid.
    private static byte[] compressed(byte[] plain) {
        try (ZstdCompressCtx context = new ZstdCompressCtx().setChecksum(true)) {
            return context.compress(plain);
        }
    }

    private static Attempt judge(HttpResponse<String> response, Segment segment, Duration pause) {
        int status = response.statusCode();
        AnswerBody body = new AnswerBody(response.body());
        JsonNode json = body.json();
        boolean saysHowFar = json.has("durable_through");
        String reason = "the server answered " + status + ": " + detail(body, saysHowFar);
        boolean isDamaged = json.path("detail").asString("").contains(DAMAGED);
        if (isDamaged && json.path("accepted").asLong() > 0) {
            throw new DamagedPartException(reason, Damage.of(segment, json));
        }
        if (saysHowFar && !isDamaged) {
            SegmentAnswer answer = read(json);
            boolean isComplete = status == 200 || status == 207;
            requirePossible(answer, isComplete, segment, status);
            if (isComplete || answer.durableThrough() >= segment.firstLine()) {
                return new Answered(answer);
            }
        }
        // A 400 may mean that the body was truncated on its way; if the request itself is wrong, there is no
        // durable_through.
        if (WORTH_ANOTHER_TRY.contains(status) || (status == 400 && saysHowFar)) {
            return new Failed(reason, retryAfter(response, pause), false);
        }
        throw new CommandFailure(reason);
    }

    // The second sentence of a feed's detail says how to go on, which this client does by itself.
    private static String detail(AnswerBody body, boolean isOfAFeed) {
        return isOfAFeed ? body.detail().replaceFirst("\\.( .*)?$", "") : body.detail();
    }

    private static void requirePossible(SegmentAnswer answer, boolean isComplete, Segment segment, int status) {
        long through = answer.durableThrough();
        if (through > segment.lastLine() || (isComplete && through < segment.lastLine())) {
            throw new CommandFailure("the server answered " + status + " for lines " + segment.firstLine() + " to "
                    + segment.lastLine() + " and says that it has them through line " + through);
        }
    }

    private static SegmentAnswer read(JsonNode body) {
        List<SegmentAnswer.BadLine> bad = new ArrayList<>();
        for (JsonNode error : body.path("errors")) {
            bad.add(new SegmentAnswer.BadLine(
                    error.path("line").asLong(), error.path("errors").toString()));
        }
        return new SegmentAnswer(
                body.path("durable_through").asLong(),
                body.path("accepted").asLong(),
                body.path("rejected").asLong(),
                bad,
                body.path("detail").asString(""));
    }

    private static Duration retryAfter(HttpResponse<String> response, Duration otherwise) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(asked -> asked.compareTo(otherwise) > 0)
                .orElse(otherwise);
    }
}
