package dev.sluice.processor.outcome;

import dev.sluice.contract.submission.AnalysisType;
import java.util.List;
import java.util.OptionalLong;

/** The outcome of a record of the log. */
public sealed interface Outcome {

    List<String> STATES = List.of("stored", "duplicate", "rejected", "dead-lettered");

    /** The outcome's name, as published on the topic. */
    default String state() {
        return switch (this) {
            case StoredSession _, StoredNote _ -> "stored";
            case Duplicate _ -> "duplicate";
            case Rejected _ -> "rejected";
            case DeadLettered _ -> "dead-lettered";
        };
    }

    /** Whether the record is refused: neither stored nor the repeat of one that is. */
    default boolean isRefusal() {
        return switch (this) {
            case Rejected _, DeadLettered _ -> true;
            case StoredSession _, StoredNote _, Duplicate _ -> false;
        };
    }

    record StoredSession(String analysisRef, AnalysisType analysisType) implements Outcome {}

    /**
     * A stored note that was submitted alone.
     *
     * @param task the task's id without its project
     * @param analysisType the slug of the analysis type of its session, which may be one that only a later version knows, or manual
     * @param session the session that it names, if any
     */
    record StoredNote(String task, String analysisType, OptionalLong session) implements Outcome {}

    /** A duplicate of the session or note with the id {@code of}. */
    record Duplicate(long of) implements Outcome {}

    /** A submission that breaks the rules: every error, as a JSON object in the contract's shape. */
    // Written once and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Rejected(byte[] errors) implements Outcome {}

    /** A record that cannot be read as a submission, and why, in words for people. */
    record DeadLettered(String reason) implements Outcome {}
}
