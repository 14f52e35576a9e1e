package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.test.TestKafka;
import dev.sluice.test.process.InstalledTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The log that ingest-api writes to, as a consumer and another producer see it, and the tokens beside it. */
record LogUnderTest(InstalledTopics installed) {

    private static final long PROJECT = 7;
    private static final int PARTITIONS = 3;

    /** Creates topics that no other test uses. */
    static LogUnderTest create(Class<?> test) {
        return create(TestKafka.properties(), TestKafka.freshTopics(test));
    }

    static LogUnderTest create(Map<String, Object> kafka, TopicNames topics) {
        return new LogUnderTest(InstalledTopics.make(kafka, topics, PARTITIONS));
    }

    /** The configuration of an ingest-api that writes to it. */
    IngestConfig config() {
        return IngestConfig.of(KafkaLog.of(kafka(), topics()));
    }

    Map<String, Object> kafka() {
        return installed.kafka();
    }

    TopicNames topics() {
        return installed.names();
    }

    TokenText token(Role role) {
        return token(role, new Projects.Named(Set.of(PROJECT)));
    }

    TokenText token(Role role, Projects projects) {
        return installed.token(role, projects);
    }

    ConsumerRecord<byte[], byte[]> at(long id) {
        SubmissionId place = SubmissionId.of(id);
        TopicPartition partition = new TopicPartition(topics().submissions(), place.partition());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, place.position());
            return consumer.poll(Duration.ofSeconds(10)).records(partition).getFirst();
        }
    }

    /** Returns every record of an Idempotency-Key. */
    List<ConsumerRecord<byte[], byte[]>> ofKey(String key) {
        return all().stream()
                .filter(record -> key.equals(headers(record).get(SubmissionHeaders.IDEMPOTENCY_KEY)))
                .toList();
    }

    /** Returns every record, in order within each partition. */
    List<ConsumerRecord<byte[], byte[]>> all() {
        return installed.records(topics().submissions());
    }

    /** Writes directly to the topic; the headers are alternating names and values. */
    long produce(long project, @Nullable String body, String... headers) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topics().submissions(), ProjectKey.of(project), body == null ? null : body.getBytes(UTF_8));
        for (int i = 0; i < headers.length; i += 2) {
            record.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            RecordMetadata metadata = producer.send(record).get();
            return new SubmissionId(metadata.partition(), metadata.offset()).value();
        }
    }

    static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }
}
