package dev.sluice.ingest.publish;

import dev.sluice.contract.id.SubmissionId;
import java.time.Instant;

/** What became of a submission on its way into the log. */
public sealed interface Publication {

    /**
     * It is in the log, on as many brokers as the topic asks for.
     *
     * @param id its place
     * @param created when the log took it
     */
    record Logged(SubmissionId id, Instant created) implements Publication {}

    /** It is in the log, but the broker no longer remembers where: it dropped a repeated batch that it had taken long before. */
    record LoggedSomewhere() implements Publication {}

    /** It has not been sent, and will not be. */
    record NotSent() implements Publication {}

    /** It was handed over and not acknowledged in time: it may be in the log, or come there yet. */
    record Unknown() implements Publication {}

    /** The log does not take records of this length. */
    record TooLarge() implements Publication {}
}
