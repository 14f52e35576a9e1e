package dev.sluice.ingest.session;

import dev.sluice.ingest.publish.Publication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what was accepted and what was refused and why, and times publishing. */
final class IngestMetrics {

    /** Why a session was not accepted. */
    enum Refusal {
        INVALID,
        UNREADABLE,
        TOO_LARGE,
        NOT_SENT,
        UNKNOWN
    }

    private final Counter accepted;
    private final Timer publishing;
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    IngestMetrics(MeterRegistry registry) {
        accepted = Counter.builder("sluice.ingest.accepted")
                .description("Sessions that Kafka has acknowledged")
                .register(registry);
        publishing = Timer.builder("sluice.ingest.publish")
                .description("From handing a session to the producer to what became of it")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10))
                .register(registry);
        for (Refusal refusal : Refusal.values()) {
            refused.put(
                    refusal,
                    Counter.builder("sluice.ingest.refused")
                            .description("Sessions that were not accepted")
                            .tag(
                                    "reason",
                                    refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .register(registry));
        }
    }

    void accepted() {
        accepted.increment();
    }

    void refused(Refusal refusal) {
        refused.getOrDefault(refusal, accepted).increment();
    }

    Publication timed(java.util.function.Supplier<Publication> publish) {
        long start = System.nanoTime();
        try {
            return publish.get();
        } finally {
            publishing.record(Duration.ofNanos(System.nanoTime() - start));
        }
    }
}
