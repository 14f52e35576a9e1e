package dev.sluice.endtoend.faults;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Throws an Error once per process, where the thread of a producer of submissions cannot catch it. Does nothing to other clients, which get the same
 * settings.
 */
public final class FatalAcknowledgement
        implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {

    static final String REASON = "injected into the producer's thread";

    private static final int AT = 30;
    private static final String CLIENTS = "sluice-ingest-api";
    private static final AtomicInteger ACKNOWLEDGED = new AtomicInteger();

    private boolean ofSubmissions;

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (ofSubmissions && ACKNOWLEDGED.incrementAndGet() == AT) {
            throw new AssertionError(REASON);
        }
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> settings) {
        ofSubmissions = String.valueOf(settings.get(CommonClientConfigs.CLIENT_ID_CONFIG))
                .startsWith(CLIENTS);
    }
}
