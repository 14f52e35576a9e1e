package dev.sluice.processor.batch;

import dev.sluice.contract.submission.NoteSummary;
import dev.sluice.contract.submission.SessionSummary;

/** What a record turned out to be, going by nothing but itself. */
sealed interface ParsedRecord {

    /** A session that keeps every rule. */
    record Session(SessionSummary summary) implements ParsedRecord {}

    /**
     * A note that was submitted alone and keeps every rule, but that its session has yet to be looked for.
     *
     * @param task the task's id without its project
     */
    record LoneNote(String task, NoteSummary summary) implements ParsedRecord {}

    /**
     * A submission that breaks rules, or does not fit into the store.
     *
     * @param errors every error, as a JSON object in the contract's shape
     */
    // Written once and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Faulty(byte[] errors) implements ParsedRecord {}

    /** No submission. */
    record Unreadable(String reason) implements ParsedRecord {}
}
