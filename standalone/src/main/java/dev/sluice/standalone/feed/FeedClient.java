package dev.sluice.standalone.feed;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.sluice.standalone.command.AnswerBody;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.Unanswered;
import dev.sluice.standalone.command.WholeAnswer;
import dev.sluice.standalone.feed.Retries.Answered;
import dev.sluice.standalone.feed.Retries.Attempt;
import dev.sluice.standalone.feed.Retries.Failed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Sends the segments of one feed under the feed's key, so that a segment that is sent again is not stored twice.
 * Retries with a delay where that can help, and sends smaller segments once a response has timed out. Not thread-safe.
 */
final class FeedClient implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int SOME_BAD = 207;
    private static final int CANNOT_BE_READ = 400;
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 429, 500, 502, 503, 504);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final URI sessions;
    private final String token;
    private final Feed feed;
    private final Retries retries;
    private int mostLines = Integer.MAX_VALUE;
    private long unansweredThrough;

    FeedClient(URI sessions, String token, Feed feed, Retries retries) {
        this.sessions = sessions;
        this.token = token;
        this.feed = feed;
        this.retries = retries;
        this.unansweredThrough = feed.unansweredThrough();
    }

    /**
     * How a feed is sent.
     *
     * @param key the feed's Idempotency-Key
     * @param unansweredThrough the last line that an earlier run may have sent compressed without getting the answer
     * @param compresses whether request bodies are compressed
     * @param answerWithin how long to wait for a whole response
     */
    record Feed(String key, long unansweredThrough, boolean compresses, Duration answerWithin) {}

    /**
     * Sends a segment, and retries until the server has reported the outcome of at least its first lines.
     *
     * @throws DamagedPartException if lines of it may be stored wrong
     * @throws CommandFailure if a retry cannot help, or retries have failed for too long
     */
    SegmentAnswer send(Segment segment) throws InterruptedException {
        SegmentAnswer answer = retries.untilAnswered(() -> {
            Segment part = segment.atMost(mostLines);
            Attempt attempt = attempt(
                    request(part),
                    response -> judge(response, part),
                    part.lines().size());
            if (feed.compresses()
                    && !(attempt instanceof Answered(var whole) && whole.durableThrough() == part.lastLine())) {
                unansweredThrough = Math.max(unansweredThrough, part.lastLine());
            }
            return attempt;
        });
        // A lost answer may have said that lines are stored wrong. Only of compressed ones could the server know it.
        if (segment.firstLine() <= unansweredThrough && !answer.ids().isEmpty()) {
            requireUndamaged(segment, answer);
        }
        return answer;
    }

    private void requireUndamaged(Segment segment, SegmentAnswer answer) throws InterruptedException {
        try {
            retries.untilAnswered(() -> attempt(rejected(answer), response -> compare(response, segment, answer), 1));
        } catch (DamagedPartException damaged) {
            throw damaged;
        } catch (CommandFailure unknown) {
            // The lines are durable all the same.
            retries.tell().accept(String.valueOf(unknown.getMessage()));
        }
    }

    private Attempt attempt(HttpRequest request, Function<HttpResponse<String>, Attempt> judge, int lines)
            throws InterruptedException {
        String server = sessions.getAuthority();
        try {
            return judge.apply(WholeAnswer.to(request, http, feed.answerWithin()));
        } catch (HttpTimeoutException e) {
            // The response comes only after the server has read the whole body, which a quota or a slow network delays.
            boolean sendsLess = !(e instanceof HttpConnectTimeoutException) && lines > 1;
            if (sendsLess) {
                mostLines = lines / 2;
            }
            return new Failed("no answer from " + server + " in time", Duration.ZERO, sendsLess);
        } catch (IOException e) {
            Optional<String> distrust = Unanswered.distrust(sessions, e);
            if (distrust.isPresent()) {
                throw new CommandFailure(distrust.get(), e);
            }
            return new Failed("no answer from " + server + " (" + Unanswered.reason(e) + ")");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest request(Segment segment) {
        byte[] plain = segment.body();
        HttpRequest.Builder request = to(URI.create(sessions + "?from_line=" + segment.firstLine()))
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", feed.key())
                .POST(BodyPublishers.ofByteArray(feed.compresses() ? compressed(plain) : plain));
        return feed.compresses() ? request.header("Content-Encoding", "zstd").build() : request.build();
    }

    // One page is enough: the newest come first, and these lines have just been sent.
    private HttpRequest rejected(SegmentAnswer answer) {
        String query = "?state=rejected&page_size=1000&read_after=" + answer.lastId();
        return to(sessions.resolve("../submissions/" + query)).build();
    }

    private HttpRequest.Builder to(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Authorization", "Token " + token)
                .header("Accept", "application/json");
    }

    // With a checksum: without one, damage on the way may expand to other sessions that are valid.
    private static byte[] compressed(byte[] plain) {
        try (ZstdCompressCtx context = new ZstdCompressCtx().setChecksum(true)) {
            return context.compress(plain);
        }
    }

    private Attempt judge(HttpResponse<String> response, Segment segment) {
        int status = response.statusCode();
        AnswerBody body = new AnswerBody(response.body());
        JsonNode json = body.json();
        boolean saysHowFar = json.has("durable_through");
        String reason = "the server answered " + status + ": " + detail(body, saysHowFar);
        boolean isDamaged = json.path("damaged").asBoolean(false);
        SegmentAnswer answer = SegmentAnswer.of(json);
        if (isDamaged && answer.accepted() > 0) {
            throw new DamagedPartException(reason, Damage.of(segment, answer));
        }
        if (saysHowFar && !isDamaged) {
            boolean isComplete = status == OK || status == SOME_BAD;
            requirePossible(answer, isComplete, segment, status);
            // Compressed data that cannot be read on may be damaged, which an older server does not say. If all of it
            // is sent again, a line that is stored wrong is rejected.
            boolean mayBeDamaged = feed.compresses() && status == CANNOT_BE_READ;
            if (isComplete || (answer.durableThrough() >= segment.firstLine() && !mayBeDamaged)) {
                return new Answered(answer);
            }
        }
        // A 400 may mean that the body was truncated on its way; if the request itself is wrong, there is no
        // durable_through.
        if (WORTH_ANOTHER_TRY.contains(status) || (status == CANNOT_BE_READ && saysHowFar)) {
            return new Failed(reason, retryAfter(response), false);
        }
        throw new CommandFailure(reason);
    }

    // If a line was stored wrong, its key belongs to the wrong one, and the right one is rejected.
    private Attempt compare(HttpResponse<String> response, Segment segment, SegmentAnswer answer) {
        int status = response.statusCode();
        AnswerBody body = new AnswerBody(response.body());
        if (body.json()
                .path("results")
                .valueStream()
                .anyMatch(it -> answer.hasId(it.path("id").asLong()))) {
            throw new DamagedPartException(
                    "lines that were sent again differ from those that the server has taken before",
                    new Damage(segment.firstLine(), answer.durableThrough(), Damage.UNKNOWN_IDS));
        }
        String unknown = "whether lines " + segment.firstLine() + " to " + answer.durableThrough()
                + " were damaged on their way cannot be seen: the server answered " + status + ": " + body.detail();
        if (WORTH_ANOTHER_TRY.contains(status)) {
            return new Failed(unknown, retryAfter(response), false);
        }
        if (status != OK) {
            retries.tell().accept(unknown);
        }
        return new Answered(answer);
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

    private static Duration retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }
}
