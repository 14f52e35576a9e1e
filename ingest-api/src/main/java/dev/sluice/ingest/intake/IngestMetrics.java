package dev.sluice.ingest.intake;

import dev.sluice.ingest.publish.Publication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Counts accepted submissions, counts refused ones by reason, and times publishing. */
public final class IngestMetrics {

    private final Counter accepted;
    private final Counter repeated;
    private final Timer publishing;
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    IngestMetrics(MeterRegistry registry) {
        accepted = accepted(registry);
        repeated = Counter.builder("sluice.ingest.repeated")
                .description("Submissions that were answered as an earlier one of the same Idempotency-Key was")
                .register(registry);
        publishing = Timer.builder("sluice.ingest.publish")
                .description("From handing a submission to the producer to what became of it")
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
                            .description("Submissions that were not accepted")
                            .tag("reason", refusal.reason())
                            .register(registry));
        }
    }

    /** The counter of all accepted submissions, those of feeds included. */
    public static Counter accepted(MeterRegistry registry) {
        return Counter.builder("sluice.ingest.accepted")
                .description("Submissions that Kafka has acknowledged")
                .register(registry);
    }

    void accepted() {
        accepted.increment();
    }

    void repeated() {
        repeated.increment();
    }

    void refused(Refusal refusal) {
        Objects.requireNonNull(refused.get(refusal)).increment();
    }

    Publication timed(Supplier<Publication> publish) {
        long start = System.nanoTime();
        try {
            return publish.get();
        } finally {
            publishing.record(Duration.ofNanos(System.nanoTime() - start));
        }
    }
}
