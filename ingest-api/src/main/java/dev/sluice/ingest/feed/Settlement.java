package dev.sluice.ingest.feed;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.StreamRequest;
import dev.sluice.ingest.feed.Window.Block;
import dev.sluice.ingest.publish.Publication;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a feed's lines in order and waits for the log's answer to each, and so always knows up to which line everything is durable or reported as
 * invalid. Ends with the feed, or earlier if it cannot continue.
 */
final class Settlement {

    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final String NOT_ACKNOWLEDGED =
            "Kafka does not acknowledge, or its topic cannot be used: whether lines after durable_through were accepted is unknown."
                    + FeedEnd.GO_ON;

    private final StreamRequest request;
    private final FeedLines lines;
    private final Window window;
    private final FeedReport report;
    private final ResultLines results;
    private final FeedMetrics metrics;
    private final TimeSlice slice = new TimeSlice();

    Settlement(
            StreamRequest request,
            FeedLines lines,
            Window window,
            FeedReport report,
            ResultLines results,
            FeedMetrics metrics) {
        this.request = request;
        this.lines = lines;
        this.window = window;
        this.report = report;
        this.results = results;
        this.metrics = metrics;
    }

    /** Runs until the feed ends; {@code reader} is the thread that reads it. */
    FeedEnd run(Thread reader) throws InterruptedException {
        Optional<FeedEnd> end = step(reader);
        while (end.isEmpty()) {
            end = step(reader);
        }
        return end.get();
    }

    private Optional<FeedEnd> step(Thread reader) throws InterruptedException {
        if (!request.granted()) {
            return Optional.of(new FeedEnd.Revoked());
        }
        slice.giveWay();
        Block block = next();
        return block == null ? endWhileWaiting(reader) : settle(block);
    }

    private @Nullable Block next() throws InterruptedException {
        if (request.stopping()) {
            window.stop();
        }
        Block block = window.poll();
        if (block == null) {
            results.flush();
            block = window.poll(LOOK_AGAIN_MILLIS);
        }
        return block;
    }

    private Optional<FeedEnd> endWhileWaiting(Thread reader) {
        if (request.stopping()) {
            return Optional.of(new FeedEnd.Unavailable(FeedEnd.STOPPING));
        }
        if (lines.stalled().compareTo(request.patience()) > 0) {
            return Optional.of(new FeedEnd.Stalled(request.patience().toSeconds()));
        }
        // The reader may have put its last block and ended since the window was polled.
        return reader.isAlive() || window.hasBlocks() ? Optional.empty() : Optional.of(new FeedEnd.Failed());
    }

    private Optional<FeedEnd> settle(Block block) {
        long accepted = report.acceptedCount();
        long rejected = report.rejectedCount();
        try {
            for (FeedEntry entry : block.entries()) {
                Optional<FeedEnd> end = settle(entry);
                if (end.isPresent()) {
                    return end;
                }
            }
            return Optional.empty();
        } finally {
            window.giveBack(block);
            metrics.settled(report.acceptedCount() - accepted, report.rejectedCount() - rejected);
        }
    }

    private Optional<FeedEnd> settle(FeedEntry entry) {
        return switch (entry) {
            case FeedEntry.Begun begun -> settle(begun);
            case FeedEntry.Bad bad -> {
                reject(bad.line(), bad.errors());
                yield Optional.empty();
            }
            case FeedEntry.Ended(var line, var end) -> {
                report.settledThrough(line);
                yield Optional.of(end);
            }
        };
    }

    private Optional<FeedEnd> settle(FeedEntry.Begun begun) {
        if (!begun.acknowledgement().isKnown()) {
            results.flush();
        }
        switch (begun.acknowledgement().await()) {
            case Publication.Logged logged -> accept(begun.line(), Optional.of(logged.id()));
            case Publication.LoggedSomewhere() -> accept(begun.line(), Optional.empty());
            case Publication.TooLarge() ->
                reject(begun.line(), LineErrors.of("The submission is larger than the log takes."));
            case Publication.NoRoom() -> {
                return Optional.of(new FeedEnd.NoRoom());
            }
            case Publication.NotSent _, Publication.Unknown _, Publication.Overload _ -> {
                return Optional.of(new FeedEnd.Unavailable(NOT_ACKNOWLEDGED));
            }
        }
        return Optional.empty();
    }

    private void accept(long line, Optional<SubmissionId> id) {
        report.accepted(line, id);
        results.accepted(line, id);
    }

    private void reject(long line, byte[] json) {
        report.rejected(line, json);
        results.rejected(line, json);
    }
}
