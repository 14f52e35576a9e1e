package dev.sluice.service.kafka;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Kafka answers, but delivers nothing of what a partition has. */
public final class NothingDeliveredException extends TimeoutException {

    NothingDeliveredException(TopicPartition partition, Duration timeout) {
        super("nothing of " + partition.topic() + " came within " + timeout.toSeconds() + " s");
    }
}
