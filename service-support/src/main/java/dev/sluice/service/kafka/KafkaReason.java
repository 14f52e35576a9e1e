package dev.sluice.service.kafka;

import org.apache.kafka.common.KafkaException;

/** Why a Kafka client operation failed, for people. */
public final class KafkaReason {

    private KafkaReason() {}

    /**
     * The exception's message. If the client could not even be created, the message says only that; the reason, such
     * as a host name that does not resolve, is in the cause.
     */
    public static String of(KafkaException failure) {
        return failure.getCause() instanceof KafkaException cause
                ? failure.getMessage() + ": " + cause.getMessage()
                : String.valueOf(failure.getMessage());
    }
}
