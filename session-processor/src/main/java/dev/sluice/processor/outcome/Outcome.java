package dev.sluice.processor.outcome;

import dev.sluice.contract.submission.AnalysisType;
import java.util.OptionalLong;

/** What became of a record of the log. */
public sealed interface Outcome {

    /** The name of what happened, as outcomes on the topic carry it. */
    String state();

    /** Whether it says that something is wrong with the record. */
    default boolean isBad() {
        return switch (this) {
            case Rejected _, DeadLettered _ -> true;
            case StoredSession _, StoredNote _, Duplicate _ -> false;
        };
    }

    /**
     * It is a session, and stored.
     *
     * @param analysisRef as submitted
     * @param analysisType as submitted
     */
    record StoredSession(String analysisRef, AnalysisType analysisType) implements Outcome {
        @Override
        public String state() {
            return "stored";
        }
    }

    /**
     * It is a note that was submitted alone, and stored.
     *
     * @param task the task's id without its project
     * @param analysisType that of its session, or manual
     * @param session the session it names, if it names one
     */
    record StoredNote(String task, AnalysisType analysisType, OptionalLong session) implements Outcome {
        @Override
        public String state() {
            return "stored";
        }
    }

    /**
     * It repeats an earlier submission.
     *
     * @param of the id of that session or note
     */
    record Duplicate(long of) implements Outcome {
        @Override
        public String state() {
            return "duplicate";
        }
    }

    /**
     * It breaks the rules.
     *
     * @param errors every error, as a JSON object in the contract's shape
     */
    // Written once and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Rejected(byte[] errors) implements Outcome {
        @Override
        public String state() {
            return "rejected";
        }
    }

    /**
     * It cannot be read as a submission at all.
     *
     * @param reason for people
     */
    record DeadLettered(String reason) implements Outcome {
        @Override
        public String state() {
            return "dead-lettered";
        }
    }
}
