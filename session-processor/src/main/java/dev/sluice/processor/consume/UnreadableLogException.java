package dev.sluice.processor.consume;

import org.apache.kafka.common.TopicPartition;

/** The next records of a partition cannot be read: the bytes that the broker gave are not the ones that were written. */
final class UnreadableLogException extends RuntimeException {

    UnreadableLogException(TopicPartition partition, Exception cause) {
        super("the next record of partition " + partition.partition() + " cannot be read from the log", cause);
    }
}
