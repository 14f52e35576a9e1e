package dev.sluice.contract.submission;

/** The result of validation; {@code S} is the summary of a valid submission. */
public sealed interface Validation<S> {

    /** The submission is valid. The sink has its document, complete except for what the server adds. */
    record Valid<S>(S summary) implements Validation<S> {}

    /** The body is JSON but breaks rules; every error is listed, within the contract's limits. */
    record Invalid<S>(SubmissionErrors errors) implements Validation<S> {}

    /** The body is not JSON in UTF-8; the reason, for the client, is {@code JSON parse error - <what> at line L column C}. */
    record Unreadable<S>(String reason) implements Validation<S> {}

    /** The submission is valid, but its document of so many bytes would exceed MongoDB's 16 MiB. */
    record TooLarge<S>(long bytes) implements Validation<S> {

        public String reason() {
            return "The submission would take " + bytes + " bytes when stored: expected at most "
                    + SubmissionValidator.MAX_DOCUMENT_BYTES + ".";
        }
    }
}
