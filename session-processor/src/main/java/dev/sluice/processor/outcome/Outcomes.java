package dev.sluice.processor.outcome;

import java.util.List;

/** The destination of submissions' outcomes. */
@FunctionalInterface
public interface Outcomes {

    /** Publishes outcomes. Returns once all of them are durable, or throws. */
    void send(List<SubmissionOutcome> outcomes);
}
