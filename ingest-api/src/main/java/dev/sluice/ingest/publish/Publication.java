package dev.sluice.ingest.publish;

import dev.sluice.contract.id.SubmissionId;
import java.time.Instant;

/** The result of writing a submission to the log. */
public sealed interface Publication {

    default boolean isInTheLog() {
        return switch (this) {
            case Logged _, LoggedSomewhere _ -> true;
            case NotSent _, Overload _, NoRoom _, Unknown _, TooLarge _ -> false;
        };
    }

    /** The submission is in the log, on as many brokers as the topic requires, at a place and since a time that the log recorded. */
    record Logged(SubmissionId id, Instant created) implements Publication {}

    /** The submission is in the log at an unknown place: the broker dropped a repeated batch it had taken long before. */
    record LoggedSomewhere() implements Publication {}

    /** The submission has not been sent and will not be. */
    record NotSent() implements Publication {}

    /** Too many submissions are waiting for Kafka already, by number or by size: this one has not been sent and will not be. */
    record Overload() implements Publication {}

    /** The log has too little space left: the submission has not been sent and will not be. */
    record NoRoom() implements Publication {}

    /** The submission was handed over and not acknowledged in time, or in a topic that is unfit by now: it may be in the log, or may still get there. */
    record Unknown() implements Publication {}

    record TooLarge() implements Publication {}
}
