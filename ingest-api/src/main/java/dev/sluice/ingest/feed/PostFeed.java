package dev.sluice.ingest.feed;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.AnswerHeaders;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.StreamHandler;
import dev.sluice.http.api.StreamRequest;
import dev.sluice.http.share.SharedPlaces;
import dev.sluice.http.share.Shares;
import dev.sluice.ingest.publish.FeedSubmissions;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a feed: sessions, one a line, of any number. One thread reads, checks and hands over to the log; another, this one, waits for the
 * log and answers. The answer says up to which line everything is durable, however the feed ended.
 */
public final class PostFeed implements StreamHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PostFeed.class);
    private static final Header RETRY_FEED = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "2");
    private static final String NDJSON = "application/x-ndjson";

    private final SubmissionValidator validator = new SubmissionValidator();
    private final FeedSubmissions submissions;
    private final FeedLimits limits;
    private final SharedPlaces places;
    private final Shares room;
    private final FeedMetrics metrics;

    public PostFeed(FeedSubmissions submissions, FeedLimits limits, MeterRegistry registry) {
        this.submissions = submissions;
        this.limits = limits;
        this.places = new SharedPlaces(limits.maxFeeds(), Duration.ZERO, "feeds");
        this.room = new Shares(Window.units(limits.unacknowledgedBytes()));
        this.metrics = new FeedMetrics(registry, places, room);
    }

    @Override
    public Optional<Answer> handle(StreamRequest request) {
        FeedOptions options = FeedOptions.of(request.request());
        return places.within(request.request().caller().id(), () -> {
            try {
                return take(
                        request, options, Expansion.of(request.stream(), options.encoding(), limits.maxExpansion()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Optional<Answer> take(StreamRequest request, FeedOptions options, Expansion expansion) throws IOException {
        FeedReport report = new FeedReport(options.fromLine(), !options.everyResult());
        if (!options.everyResult()) {
            FeedEnd end = run(request, options, expansion, report, ResultLines.NONE);
            int status = status(end, report);
            return Optional.of(new Answer(status, report.summary(detail(end)), headers(status)));
        }
        // Closed only with its last line: an answer without one must not look complete.
        OutputStream out = request.answer(200, NDJSON);
        FeedEnd end = run(request, options, expansion, report, ResultLines.to(out));
        out.write(report.lastLine(status(end, report), detail(end)));
        out.close();
        return Optional.empty();
    }

    private FeedEnd run(
            StreamRequest request, FeedOptions options, Expansion expansion, FeedReport report, ResultLines results) {
        String source = ApiResource.SESSIONS.pathIn(request.request().project());
        LineHeaders headers = new LineHeaders(
                source,
                request.request().requestId(),
                request.request().caller().user(),
                options.key(),
                options.traceparent());
        Window window = new Window(
                room,
                Window.units(limits.unacknowledgedBytes()),
                request.request().caller().id());
        LineMemory memory = new LineMemory(request);
        FeedLines lines = new FeedLines(expansion, request.longestPiece(), memory, window::handOver);
        FeedReader reader = new FeedReader(
                options,
                request.request().project(),
                lines,
                request.longestPiece(),
                headers,
                window,
                new QuotaPace(request, window, metrics),
                submissions,
                validator);
        Thread reading = Thread.ofVirtual().name("feed-" + headers.feedId()).start(() -> {
            // Here and not where the feed is settled: closing waits for who reads, who may wait for the client.
            try (expansion) {
                reader.run();
            } catch (IOException e) {
                LOG.debug("Closing a feed's decoder failed", e);
            } finally {
                memory.giveBack();
            }
        });
        FeedEnd end = new FeedEnd.Failed();
        try {
            end = new Settlement(request, lines, window, report, results, metrics).run(reading);
            results.flush();
            return end;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            end = new FeedEnd.CutOff();
            return end;
        } catch (UncheckedIOException | CloseConnectionException e) {
            // Nobody reads the results.
            end = new FeedEnd.CutOff();
            throw e;
        } finally {
            window.close();
            tell(request, headers, expansion, report, end);
        }
    }

    private void tell(StreamRequest request, LineHeaders headers, Expansion expansion, FeedReport report, FeedEnd end) {
        int status = status(end, report);
        metrics.ended(status);
        LOG.info(
                "Feed {} of project {} (request {}) ended with {}: durable through line {}, {} accepted, {} rejected, {} bytes read",
                headers.feedId(),
                request.request().project(),
                request.request().requestId(),
                status,
                report.settledThrough(),
                report.acceptedCount(),
                report.rejectedCount(),
                expansion.sentBytes());
    }

    private static int status(FeedEnd end, FeedReport report) {
        return switch (end) {
            case FeedEnd.Complete() -> report.rejectedCount() == 0 ? 200 : 207;
            case FeedEnd.CutOff(), FeedEnd.Malformed _ -> 400;
            case FeedEnd.Revoked() -> 401;
            case FeedEnd.TooMuch _ -> 413;
            case FeedEnd.Stalled _ -> 408;
            case FeedEnd.Unavailable _ -> 503;
            case FeedEnd.Failed() -> 500;
        };
    }

    private static Optional<String> detail(FeedEnd end) {
        return switch (end) {
            case FeedEnd.Complete() -> Optional.empty();
            case FeedEnd.CutOff() -> Optional.of("The feed was cut off before its end." + FeedEnd.GO_ON);
            case FeedEnd.Revoked() -> Optional.of(Problem.INVALID_TOKEN.detail());
            case FeedEnd.Malformed(var detail) -> Optional.of("The feed cannot be read on: " + detail + ".");
            case FeedEnd.TooMuch(var detail) -> Optional.of(detail);
            case FeedEnd.Stalled(var seconds) ->
                Optional.of(
                        "Neither the end of a line nor 64 KiB of it arrived within " + seconds + " s." + FeedEnd.GO_ON);
            case FeedEnd.Unavailable(var detail) -> Optional.of(detail);
            case FeedEnd.Failed() -> Optional.of("A server error occurred." + FeedEnd.GO_ON);
        };
    }

    private static List<Header> headers(int status) {
        return switch (status) {
            case 401 -> List.of(AnswerHeaders.TOKEN_SCHEME);
            case 500 -> List.of(AnswerHeaders.RETRY_LATER);
            case 503 -> List.of(RETRY_FEED);
            default -> List.of();
        };
    }
}
