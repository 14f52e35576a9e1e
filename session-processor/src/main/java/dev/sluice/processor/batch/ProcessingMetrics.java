package dev.sluice.processor.batch;

import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.outcome.SubmissionOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The metrics of processing. */
public final class ProcessingMetrics {

    private static final String RECORDS = "sluice.processor.records";

    private final Map<String, Counter> records;
    private final Counter redelivered;
    private final Counter failures;
    private final Counter lost;
    private final Timer batches;

    public ProcessingMetrics(MeterRegistry meters) {
        this.records =
                Outcome.STATES.stream().collect(Collectors.toMap(state -> state, state -> records(meters, state)));
        this.redelivered = Counter.builder("sluice.processor.redelivered")
                .description("Records that were in the store already")
                .register(meters);
        this.failures = Counter.builder("sluice.processor.batch.failures")
                .description("Attempts at a batch that failed and were made again")
                .register(meters);
        this.lost = Counter.builder("sluice.processor.lost")
                .description("Records that the log had deleted before they were processed")
                .register(meters);
        this.batches = Timer.builder("sluice.processor.batch")
                .description("From a batch's arrival to its progress being stored")
                .publishPercentileHistogram()
                .register(meters);
    }

    public Timer batches() {
        return batches;
    }

    public void processed(List<SubmissionOutcome> outcomes, int alreadyThere) {
        for (SubmissionOutcome outcome : outcomes) {
            Objects.requireNonNull(records.get(outcome.outcome().state())).increment();
        }
        redelivered.increment(alreadyThere);
    }

    public void failed() {
        failures.increment();
    }

    /** Counts records that left the log without being processed. */
    public void lost(long records) {
        lost.increment((double) records);
    }

    private static Counter records(MeterRegistry meters, String outcome) {
        return Counter.builder(RECORDS)
                .description("Records of the log by what became of them, repeats included")
                .tag("outcome", outcome)
                .register(meters);
    }
}
