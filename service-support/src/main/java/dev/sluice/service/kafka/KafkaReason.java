package dev.sluice.service.kafka;

import org.apache.kafka.common.KafkaException;

/** Why a Kafka client operation failed, for people. */
public final class KafkaReason {

    private KafkaReason() {}

    /**
     * The exception's message; of one that is not Kafka's, its name too. If the client could not even be created, the message says only that; the
     * reason, such as a host name that does not resolve, is in the cause.
     */
    public static String of(Throwable failure) {
        if (!(failure instanceof KafkaException)) {
            return failure.toString();
        }
        return failure.getCause() instanceof KafkaException cause
                ? failure.getMessage() + ": " + cause.getMessage()
                : String.valueOf(failure.getMessage());
    }
}
