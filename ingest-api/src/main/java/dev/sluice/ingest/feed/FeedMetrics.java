package dev.sluice.ingest.feed;

import dev.sluice.http.share.SharedSlots;
import dev.sluice.http.share.Shares;
import dev.sluice.ingest.intake.IngestMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts feeds by the status of their answer, and lines by their result. */
final class FeedMetrics {

    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter rejected;
    private final Counter allAccepted;
    private final Counter slowed;

    FeedMetrics(MeterRegistry registry, SharedSlots slots, Shares room) {
        this.registry = registry;
        accepted = lines(registry, "accepted");
        rejected = lines(registry, "rejected");
        allAccepted = IngestMetrics.accepted(registry);
        slowed = Counter.builder("sluice.ingest.feeds.slowed")
                .baseUnit("seconds")
                .description("How long feeds waited for their tokens' quotas")
                .register(registry);
        Gauge.builder("sluice.ingest.feeds.active", slots, SharedSlots::taken)
                .description("Feeds that are being read or answered")
                .register(registry);
        Gauge.builder("sluice.ingest.feeds.unacknowledged", room, shares -> shares.taken() * 1024.0)
                .baseUnit("bytes")
                .description("What the lines of all feeds hold that the log has not acknowledged yet")
                .register(registry);
    }

    void settled(long acceptedLines, long rejectedLines) {
        accepted.increment((double) acceptedLines);
        allAccepted.increment((double) acceptedLines);
        rejected.increment((double) rejectedLines);
    }

    void slowed(long nanos) {
        slowed.increment(nanos / 1e9);
    }

    void ended(int status) {
        Counter.builder("sluice.ingest.feeds")
                .description("Feeds by how they were answered")
                .tag("status", Integer.toString(status))
                .register(registry)
                .increment();
    }

    private static Counter lines(MeterRegistry registry, String result) {
        return Counter.builder("sluice.ingest.feed.lines")
                .description("Lines of feeds by what became of them")
                .tag("result", result)
                .register(registry);
    }
}
