package dev.sluice.ingest.feed;

import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.StreamHandler;
import dev.sluice.http.api.StreamRequest;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.http.share.Shares;
import dev.sluice.ingest.publish.FeedSubmissions;
import io.helidon.webserver.CloseConnectionException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Accepts a feed: any number of sessions, one per line. A separate thread reads, checks and hands over to the log; the request's thread waits for the
 * log and answers. However the feed ends, the answer says up to which line everything is durable.
 */
public final class PostFeed implements StreamHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PostFeed.class);
    private static final String NDJSON = "application/x-ndjson";

    private final SubmissionValidator validator = new SubmissionValidator();
    private final Supplier<FeedSubmissions> submissions;
    private final FeedLimits limits;
    private final SharedSlots slots;
    private final int roomUnits;
    private final Shares room;
    private final FeedMetrics metrics;

    /** {@code submissions}: the log for each feed. */
    public PostFeed(Supplier<FeedSubmissions> submissions, FeedLimits limits, MeterRegistry registry) {
        this.submissions = submissions;
        this.limits = limits;
        this.slots = new SharedSlots(limits.maxFeeds(), Duration.ZERO, "feeds");
        this.roomUnits = Window.units(limits.unacknowledgedBytes());
        this.room = new Shares(roomUnits);
        this.metrics = new FeedMetrics(registry, slots, room);
    }

    @Override
    public void handle(StreamRequest request) {
        FeedOptions options = FeedOptions.of(request.request());
        slots.run(request.request().caller().id(), () -> {
            try {
                take(request, options, Expansion.of(request.stream(), options.encoding(), limits.maxExpansion()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void take(StreamRequest request, FeedOptions options, Expansion expansion) throws IOException {
        if (options.everyResult()) {
            tellEveryResult(request, options, expansion);
        } else {
            // Within the feed's slot: the slots bound how many answers wait in memory for clients to read them.
            request.answer(summary(request, options, expansion));
        }
    }

    private void tellEveryResult(StreamRequest request, FeedOptions options, Expansion expansion) throws IOException {
        FeedReport report = new FeedReport(options.fromLine(), false);
        // Closed only after its last line: an answer without one must not look complete.
        OutputStream out = request.answer(200, NDJSON);
        FeedEnd end = run(request, options, expansion, report, ResultLines.to(out));
        out.write(report.lastLine(end));
        out.close();
    }

    private Answer summary(StreamRequest request, FeedOptions options, Expansion expansion) {
        FeedReport report = new FeedReport(options.fromLine(), true);
        FeedEnd end = run(request, options, expansion, report, ResultLines.NONE);
        return new Answer(end.status(report.rejectedCount()), report.summary(end), end.headers());
    }

    private FeedEnd run(
            StreamRequest request, FeedOptions options, Expansion expansion, FeedReport report, ResultLines results) {
        ApiRequest posted = request.request();
        Window window = new Window(room, roomUnits, posted.caller().id());
        FeedLines lines = new FeedLines(expansion, request.longestPiece(), new LineMemory(request), window::handOver);
        Pace pace = new Pace(request, window, metrics::slowed);
        FeedLog log = new FeedLog(
                posted.project(), posted.requestId(), posted.caller().user(), options, submissions.get());
        FeedReader reader = new FeedReader(options, lines, log, window, pace, validator);
        Thread reading = read(reader, lines, log.feedId());
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
            // The client no longer reads the results.
            end = new FeedEnd.CutOff();
            throw e;
        } finally {
            window.close();
            tell(request, log, expansion, report, end);
        }
    }

    private static Thread read(FeedReader reader, FeedLines lines, String feedId) {
        return Thread.ofVirtual().name("feed-" + feedId).start(() -> {
            // Closed by the reading thread, which may be waiting for the client: closing elsewhere would wait for it.
            try (lines) {
                reader.run();
            } catch (IOException e) {
                LOG.debug("Closing a feed's decoder failed", e);
            }
        });
    }

    private void tell(StreamRequest request, FeedLog log, Expansion expansion, FeedReport report, FeedEnd end) {
        int status = end.status(report.rejectedCount());
        metrics.ended(status);
        // Empty ones cost a client nothing, and must not fill the log.
        boolean isWorthALine = report.acceptedCount() + report.rejectedCount() > 0 || status >= 500;
        LOG.atLevel(isWorthALine ? Level.INFO : Level.DEBUG)
                .log(
                        "Feed {} of project {} (request {}) ended with {}: durable through line {}, {} accepted, {} rejected, {} bytes read",
                        log.feedId(),
                        log.project(),
                        request.request().requestId(),
                        status,
                        report.settledThrough(),
                        report.acceptedCount(),
                        report.rejectedCount(),
                        expansion.sentBytes());
    }
}
