package dev.sluice.contract.submission;

/** What the validator found. */
public sealed interface Validation {

    /** A session that keeps every rule. Its document has gone to the sink, complete but for what the server adds. */
    record Valid(SessionSummary session) implements Validation {}

    /** JSON, but not a submission that keeps the rules; every error is listed, within the contract's bounds. */
    record Invalid(SubmissionErrors errors) implements Validation {}

    /**
     * Not JSON in UTF-8.
     *
     * @param reason for the client: {@code JSON parse error - <what> at line L column C}
     */
    record Unreadable(String reason) implements Validation {}

    /**
     * It keeps the rules, but its document would not fit into MongoDB's 16 MiB.
     *
     * @param bytes what the document would take
     * @param limit what it may take
     */
    record TooLarge(long bytes, long limit) implements Validation {

        /** For the client. */
        public String reason() {
            return "The session would take " + bytes + " bytes when stored: expected at most " + limit + ".";
        }
    }
}
