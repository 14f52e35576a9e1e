package dev.sluice.service.kafka;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What an unacknowledged record says about its producer. */
public final class ProducerErrors {

    private ProducerErrors() {}

    /**
     * Whether the producer has to be replaced. One that has failed for good for another reason throws at its next send. A topic that is missing or
     * denied is no fault of the producer: the records of other topics, and those after the topic is granted, get through.
     */
    public static boolean isFatal(Throwable error) {
        return switch (error) {
            // After these the client refuses every record, or a new one does no harm.
            case AuthenticationException _,
                    ClusterAuthorizationException _,
                    TransactionalIdAuthorizationException _,
                    ProducerFencedException _,
                    UnsupportedVersionException _,
                    InvalidPidMappingException _ -> true;
            // It would go on with a new epoch, but the broker has lost track of it.
            case InvalidProducerEpochException _, OutOfOrderSequenceException _ -> true;
            default -> false;
        };
    }
}
