package dev.sluice.processor.batch;

import dev.sluice.contract.submission.SessionSummary;
import dev.sluice.contract.submission.SubmissionErrors;

/** What a record turned out to be. */
sealed interface Reading {

    /** A session that keeps every rule. */
    record Session(SessionSummary summary) implements Reading {}

    /** A session that breaks rules. */
    record BreaksRules(SubmissionErrors errors) implements Reading {}

    /** A session that keeps the rules but does not fit into the store. */
    record TooLarge(String reason) implements Reading {}

    /** No submission. */
    record Unreadable(String reason) implements Reading {}
}
