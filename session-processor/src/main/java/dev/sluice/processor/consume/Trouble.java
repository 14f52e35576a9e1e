package dev.sluice.processor.consume;

import com.mongodb.MongoException;
import dev.sluice.processor.batch.UnprocessableRecordException;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.progress.ProgressWentBackException;
import dev.sluice.processor.store.AnotherRecordStoredException;
import dev.sluice.processor.store.ContendedDocumentsException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * What keeps partitions, or the consumer as a whole, from getting on.
 *
 * @param text for people; reveals only what the public health page may show
 */
record Trouble(Kind kind, String text) {

    enum Kind {
        /** Log and store do not fit together, or this version cannot read the store: somebody has to do something. */
        REFUSAL,
        /** Kafka, the store or another processor is in the way for now. */
        PASSING,
        /** Our own code failed. */
        FAULT
    }

    static Trouble of(Throwable failure) {
        return switch (failure) {
            case LogEndsBeforeProgressException refusal -> refusal(refusal.getMessage());
            case AnotherRecordStoredException refusal -> refusal(refusal.getMessage());
            case UnreadableDocumentException newer ->
                refusal(newer.getMessage() + " (see the log and docs/operations.md)");
            case UnreadableLogException broken -> passing(broken.getMessage() + "; trying again");
            case ContendedDocumentsException contended -> passing(contended.getMessage() + "; trying again");
            case ProgressWentBackException back -> passing(back.getMessage() + "; beginning again there");
            case MongoException away -> passing("the store does not answer (" + nameOf(away) + "); trying again");
            case AuthorizationException refused -> passing(notAllowed(refused));
            case AuthenticationException refused -> passing(notAllowed(refused));
            case RecordTooLargeException tooLarge -> passing(tooLarge.getMessage() + "; trying again");
            case OffsetOutOfRangeException gone ->
                passing("the log does not have what is to be read next (" + nameOf(gone) + "); looking again");
            case KafkaException away -> passing("Kafka does not answer (" + nameOf(away) + "); trying again");
            case UnprocessableRecordException fault ->
                fault(fault.record() + " cannot be processed, a fault of our own (see the log); " + fault.wayOut());
            default -> fault("a fault of our own (" + nameOf(failure) + "); trying again");
        };
    }

    private static Trouble refusal(String text) {
        return new Trouble(Kind.REFUSAL, text);
    }

    private static Trouble passing(String text) {
        return new Trouble(Kind.PASSING, text);
    }

    private static Trouble fault(String text) {
        return new Trouble(Kind.FAULT, text);
    }

    private static String notAllowed(KafkaException refused) {
        return "Kafka does not let us consume (" + nameOf(refused) + ", see docs/security.md); trying again";
    }

    private static String nameOf(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
