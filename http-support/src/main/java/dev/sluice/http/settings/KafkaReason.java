package dev.sluice.http.settings;

import org.apache.kafka.common.KafkaException;

/** Why a client of Kafka could not do something, for people. */
public final class KafkaReason {

    private KafkaReason() {}

    /** The exception's message. A client that cannot even be made says only that; its reason, a host without an address for one, is the cause. */
    public static String of(KafkaException failure) {
        return failure.getCause() instanceof KafkaException cause
                ? failure.getMessage() + ": " + cause.getMessage()
                : String.valueOf(failure.getMessage());
    }
}
