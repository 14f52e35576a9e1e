package dev.sluice.standalone.feed;

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
    private final String key;
    private final Duration answerWithin;
    private final Retries retries;
    private int mostLines = Integer.MAX_VALUE;

    /** @param answerWithin how long to wait for a whole response */
    FeedClient(URI sessions, String token, String key, Duration answerWithin, Retries retries) {
        this.sessions = sessions;
        this.token = token;
        this.key = key;
        this.answerWithin = answerWithin;
        this.retries = retries;
    }

    /**
     * Sends a segment, and retries until the server has reported the outcome of at least its first lines.
     *
     * @throws CommandFailure if a retry cannot help, or retries have failed for too long
     */
    SegmentAnswer send(Segment segment) throws InterruptedException {
        return retries.untilAnswered(() -> attempt(segment.atMost(mostLines)));
    }

    private Attempt attempt(Segment segment) throws InterruptedException {
        String server = sessions.getAuthority();
        try {
            return judge(WholeAnswer.to(request(segment), http, answerWithin), segment);
        } catch (HttpTimeoutException e) {
            // The response comes only after the server has read the whole body, which a quota or a slow network delays.
            int lines = segment.lines().size();
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
            return new Failed("no answer from " + server + " (" + Unanswered.reason(e) + ")", Duration.ZERO, false);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest request(Segment segment) {
        return HttpRequest.newBuilder(URI.create(sessions + "?from_line=" + segment.firstLine()))
                .header("Authorization", "Token " + token)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(segment.body()))
                .build();
    }

    private static Attempt judge(HttpResponse<String> response, Segment segment) {
        int status = response.statusCode();
        AnswerBody body = new AnswerBody(response.body());
        JsonNode json = body.json();
        boolean saysHowFar = json.has("durable_through");
        if (saysHowFar) {
            SegmentAnswer answer = SegmentAnswer.of(json);
            boolean isComplete = status == OK || status == SOME_BAD;
            requirePossible(answer, isComplete, segment, status);
            if (isComplete || answer.durableThrough() >= segment.firstLine()) {
                return new Answered(answer);
            }
        }
        String reason = "the server answered " + status + ": " + detail(body, saysHowFar);
        // A 400 may mean that the body was truncated on its way; if the request itself is wrong, there is no
        // durable_through.
        if (WORTH_ANOTHER_TRY.contains(status) || (status == CANNOT_BE_READ && saysHowFar)) {
            return new Failed(reason, retryAfter(response), false);
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

    private static Duration retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }
}
