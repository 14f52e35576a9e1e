package dev.sluice.processor.batch;

import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.outcome.SubmissionOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;

/** Figures about what is processed. */
public final class ProcessingMetrics {

    private static final String RECORDS = "sluice.processor.records";

    private final Counter stored;
    private final Counter duplicate;
    private final Counter rejected;
    private final Counter deadLettered;
    private final Counter duplicates;
    private final Counter failures;
    private final Counter lost;
    private final Timer batches;

    public ProcessingMetrics(MeterRegistry meters) {
        this.stored = records(meters, "stored");
        this.duplicate = records(meters, "duplicate");
        this.rejected = records(meters, "rejected");
        this.deadLettered = records(meters, "dead-lettered");
        this.duplicates = Counter.builder("sluice.processor.duplicates")
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

    /** For measuring a batch. */
    public Timer batches() {
        return batches;
    }

    void processed(List<SubmissionOutcome> outcomes, int alreadyThere) {
        for (SubmissionOutcome outcome : outcomes) {
            switch (outcome.outcome()) {
                case Outcome.StoredSession _, Outcome.StoredNote _ -> stored.increment();
                case Outcome.Duplicate _ -> duplicate.increment();
                case Outcome.Rejected _ -> rejected.increment();
                case Outcome.DeadLettered _ -> deadLettered.increment();
            }
        }
        duplicates.increment(alreadyThere);
    }

    /** An attempt at a batch has failed. */
    public void failed() {
        failures.increment();
    }

    /** So many records are not in the log any more and were never processed. */
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
