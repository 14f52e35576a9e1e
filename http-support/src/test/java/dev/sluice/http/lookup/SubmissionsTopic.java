package dev.sluice.http.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.service.kafka.KafkaLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A submissions topic with two partitions, as an independent producer sees it. */
record SubmissionsTopic(Map<String, Object> kafka, TopicNames names) {

    static final int PARTITIONS = 2;

    KafkaLog log() {
        return KafkaLog.of(kafka, names);
    }

    void create() throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            TopicSettings settings = TopicSettings.all(names, PARTITIONS).getFirst();
            NewTopic topic = new NewTopic(settings.name(), Optional.of(PARTITIONS), Optional.empty());
            admin.createTopics(List.of(topic.configs(settings.configuration())))
                    .all()
                    .get();
        }
    }

    void deleteBefore(SubmissionId id) throws Exception {
        TopicPartition partition = new TopicPartition(names.submissions(), id.partition());
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(id.position())))
                    .all()
                    .get();
        }
    }

    SubmissionId send(int partition, String value) throws Exception {
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            return send(producer, partition, value);
        }
    }

    SubmissionId send(Producer<byte[], byte[]> producer, int partition, String value) throws Exception {
        RecordMetadata metadata = producer.send(new ProducerRecord<>(
                        names.submissions(), partition, "1".getBytes(UTF_8), value.getBytes(UTF_8)))
                .get();
        return new SubmissionId(metadata.partition(), metadata.offset());
    }

    Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSettings.MAX_MESSAGE_BYTES);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
