package dev.sluice.processor.outcome;

import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Gives everyone the same producer. */
public final class OneProducer extends DefaultKafkaProducerFactory<byte[], byte[]> {

    private final MockProducer<byte[], byte[]> producer;

    public OneProducer(MockProducer<byte[], byte[]> producer) {
        super(Map.of());
        this.producer = producer;
    }

    @Override
    protected Producer<byte[], byte[]> createRawProducer(Map<String, Object> settings) {
        return producer;
    }
}
