package dev.sluice.processor.batch;

import static dev.sluice.processor.batch.CounterAssert.assertCounter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.StatusChanges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.AbstractDoubleAssert;
import org.junit.jupiter.api.Test;

class ProcessingMetricsTest {

    private static final Map<String, Outcome> BY_STATE = Map.of(
            "stored", new Outcome.StoredSession("ref", AnalysisType.FORTIFY),
            "duplicate", new Outcome.Duplicate(256),
            "rejected", new Outcome.Rejected(new byte[0]),
            "dead-lettered", new Outcome.DeadLettered("reason"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ProcessingMetrics metrics = new ProcessingMetrics(meters);

    @Test
    void countsEveryOutcomeUnderItsState() {
        assertThat(BY_STATE.keySet()).hasSameElementsAs(Outcome.STATES);
        BY_STATE.keySet().forEach(state -> assertRecords(state).isZero());

        BY_STATE.forEach((state, outcome) -> {
            metrics.processed(List.of(ofARecord(outcome), ofARecord(outcome)), 0);

            assertRecords(state).isEqualTo(2);
        });
        BY_STATE.keySet().forEach(state -> assertRecords(state).isEqualTo(2));
        assertCounter(meters, "sluice.processor.redelivered").isZero();
    }

    @Test
    void countsRedeliveredRecordsAmongTheProcessedOnes() {
        metrics.processed(List.of(ofARecord(new Outcome.Duplicate(256)), ofARecord(new Outcome.Duplicate(512))), 1);

        assertRecords("duplicate").isEqualTo(2);
        assertCounter(meters, "sluice.processor.redelivered").isEqualTo(1);
    }

    @Test
    void countsFailuresAndLostRecordsAndTimesBatches() {
        metrics.failed();
        metrics.lost(3);
        metrics.batches().record(Duration.ofSeconds(2));

        assertCounter(meters, "sluice.processor.batch.failures").isEqualTo(1);
        assertCounter(meters, "sluice.processor.lost").isEqualTo(3);
        assertThat(meters.get("sluice.processor.batch").timer().count()).isEqualTo(1);
    }

    private AbstractDoubleAssert<?> assertRecords(String state) {
        return assertCounter(meters, "sluice.processor.records", "outcome", state);
    }

    private static SubmissionOutcome ofARecord(Outcome outcome) {
        return new SubmissionOutcome(
                SubmissionId.of(256),
                OptionalLong.of(1),
                Instant.EPOCH,
                Instant.EPOCH,
                OptionalLong.empty(),
                Optional.empty(),
                outcome,
                Map.of(),
                StatusChanges.NONE);
    }
}
