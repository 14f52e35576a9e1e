package dev.sluice.processor.log;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** How much memory a record takes at least. Any producer may write to the topic, so a record may be mostly key or headers. */
public final class RecordSize {

    // What a record takes besides its value, and a header besides its key and value.
    private static final int RECORD_BYTES = 512;
    private static final int HEADER_BYTES = 64;

    private RecordSize() {}

    /** In bytes. */
    public static long of(ConsumerRecord<byte[], byte[]> record) {
        long beside = Math.max(0, record.serializedKeySize());
        for (Header header : record.headers()) {
            byte[] value = header.value();
            beside += HEADER_BYTES + header.key().length() + (value == null ? 0 : value.length);
        }
        return Math.max(RECORD_BYTES, beside) + Math.max(0, record.serializedValueSize());
    }
}
