package dev.sluice.ingest.publish;

import dev.sluice.contract.id.SubmissionId;
import java.time.Instant;

/** What became of a submission on its way into the log. */
public sealed interface Publication {

    /** Whether it is known to be in the log. */
    default boolean isInTheLog() {
        return switch (this) {
            case Logged _, LoggedSomewhere _ -> true;
            case NotSent _, Overload _, NoRoom _, Unknown _, TooLarge _ -> false;
        };
    }

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

    /** As many as Kafka acknowledges in good time are waiting already: it has not been sent, and will not be. */
    record Overload() implements Publication {}

    /** There is too little room left where the log is kept: it has not been sent, and will not be. */
    record NoRoom() implements Publication {}

    /** It was handed over and not acknowledged in time: it may be in the log, or come there yet. */
    record Unknown() implements Publication {}

    /** The log does not take records of this length. */
    record TooLarge() implements Publication {}
}
