package dev.sluice.processor.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.log.LogRangeReader.LogRange;
import dev.sluice.processor.topic.KafkaTopics;
import dev.sluice.service.settings.Heap;
import dev.sluice.test.TestKafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class LogRangeReaderIT {

    private static final int MIB = 1024 * 1024;
    private static final int RECORDS = 20;
    private static final Heap OF_ONE_RECORD_AT_A_TIME = new Heap(80 * MIB);

    @Test
    void gathersOnlyAFewMebibytesAtATimeAlsoOfRecordsThatAreMereHeaders() {
        TopicNames topics = TestKafka.freshTopics(LogRangeReaderIT.class);
        KafkaTopics.ensure(TestKafka.properties(), topics, 1, (short) 1);
        SubmissionsTopic topic = new SubmissionsTopic(topics.submissions(), IdBase.NONE);
        topic.seenWith(1);
        sendInOneBatch(topic.name());

        List<Integer> gathered = new ArrayList<>();
        try (LogRangeReader reader =
                new LogRangeReader(TestKafka.properties(), "test", topic, OF_ONE_RECORD_AT_A_TIME)) {
            LogRange all = new LogRange(
                    Objects.requireNonNull(reader.begins().get(0)),
                    Objects.requireNonNull(reader.ends().get(0)));
            reader.read(Map.of(0, all), (_, _, _) -> {}, records -> gathered.add(records.size()));
        }

        assertThat(gathered.stream().mapToInt(Integer::intValue).sum()).isEqualTo(RECORDS);
        assertThat(gathered).allMatch(records -> records <= 4);
    }

    /** So that no poll has to wait for a record, after which no more would be gathered. */
    private static void sendInOneBatch(String topic) {
        Map<String, Object> settings = new HashMap<>(TestKafka.properties());
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 2 * RECORDS * MIB);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * RECORDS * MIB);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * RECORDS * MIB);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, null);
                record.headers().add("a", new byte[MIB]);
                var _ = producer.send(record);
            }
            producer.flush();
        }
    }
}
