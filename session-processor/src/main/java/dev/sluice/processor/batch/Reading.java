package dev.sluice.processor.batch;

import dev.sluice.contract.submission.NoteSummary;
import dev.sluice.contract.submission.SessionSummary;

/** What a record is, judged by the record alone. */
sealed interface Reading {

    /**
     * Whether the record itself is bad. One that is rejected because of the log before it is not: anybody with a token can submit any number of
     * those, and must not stop other projects.
     */
    default boolean isBad() {
        return switch (this) {
            case Faulty _, Unreadable _ -> true;
            case Session _, LoneNote _ -> false;
        };
    }

    record Session(SessionSummary summary) implements Reading {}

    /**
     * A note that was submitted alone and keeps every rule; its session has not been looked up yet.
     *
     * @param task the task's id without its project
     */
    record LoneNote(String task, NoteSummary summary) implements Reading {}

    /** A submission that breaks rules or is too large for the store: every error, as a JSON object in the contract's shape. */
    // Written once and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Faulty(byte[] errors) implements Reading {}

    /** A record that is not a submission. */
    record Unreadable(String reason) implements Reading {}
}
