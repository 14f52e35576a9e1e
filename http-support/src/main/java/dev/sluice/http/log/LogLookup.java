package dev.sluice.http.log;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is at a place of the submissions topic. */
public sealed interface LogLookup {

    /** The record that is there. Its contents are anybody's: nothing about it has been checked. */
    record Found(ConsumerRecord<byte[], byte[]> record) implements LogLookup {}

    /** No record is or was there: it is beyond the log's end, in a partition that there is not, or a place that holds none. */
    record Nowhere() implements LogLookup {}

    /** It is before the log's begin, or of a former topic: what may have been there was deleted. */
    record Gone() implements LogLookup {}

    /**
     * Nobody can say at the moment.
     *
     * @param reason for people
     */
    record NotNow(String reason) implements LogLookup {}
}
