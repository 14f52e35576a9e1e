package dev.sluice.http.lookup;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The result of looking up a position of the submissions topic. */
public sealed interface LogLookup {

    /** The record at that position. Anybody may have produced it: nothing in it has been checked. */
    record Found(ConsumerRecord<byte[], byte[]> record) implements LogLookup {}

    /**
     * The position holds no record and never did: it is past the end of the log, in a partition that does not exist,
     * or not a record's.
     */
    record Nowhere() implements LogLookup {}

    /** The position is before the start of the log, or in a former topic: a record there would have been deleted. */
    record Gone() implements LogLookup {}

    record NotNow() implements LogLookup {}
}
