package dev.sluice.processor.outcome;

import java.util.List;

/** Where it is told what became of submissions. */
@FunctionalInterface
public interface Outcomes {

    /** Returns once everything is told for good, or throws. */
    void send(List<SubmissionOutcome> outcomes);
}
