package dev.sluice.contract.submission;

/**
 * What the validator found.
 *
 * @param <S> what is known of a valid submission
 */
public sealed interface Validation<S> {

    /** It keeps every rule. Its document has gone to the sink, complete but for what the server adds. */
    record Valid<S>(S summary) implements Validation<S> {}

    /** JSON, but not a submission that keeps the rules; every error is listed, within the contract's bounds. */
    record Invalid<S>(SubmissionErrors errors) implements Validation<S> {}

    /**
     * Not JSON in UTF-8.
     *
     * @param reason for the client: {@code JSON parse error - <what> at line L column C}
     */
    record Unreadable<S>(String reason) implements Validation<S> {}

    /**
     * It keeps the rules, but its document would not fit into MongoDB's 16 MiB.
     *
     * @param bytes what the document would take
     * @param limit what it may take
     */
    record TooLarge<S>(long bytes, long limit) implements Validation<S> {

        /** For the client. */
        public String reason() {
            return "The submission would take " + bytes + " bytes when stored: expected at most " + limit + ".";
        }
    }
}
