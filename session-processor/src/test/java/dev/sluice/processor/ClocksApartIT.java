package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The clock of a partition's first leader is ahead of the clock of the next one. */
class ClocksApartIT {

    private static final String LIST = "/api/v2/projects/1/analysis-sessions/";

    private final TopicNames topics = TestKafka.freshTopics(ClocksApartIT.class);
    private final ProcessorConfig config = FreshConfig.of(ClocksApartIT.class, topics, 1);

    @Test
    void doNotHideSessionsThatCameBeforeATime() throws Exception {
        Instant time = Instant.now().plusSeconds(600);
        try (ProcessorUnderTest under = new ProcessorUnderTest(config)) {
            stampBy("CreateTime");
            long ahead = send(time.plusSeconds(50));
            stampBy("LogAppendTime");
            long behind = under.submit(1, ProcessorUnderTest.body("stamped by the broker"));
            under.startAndAwaitReady().awaitProgress(behind);

            assertThat(under.walk(LIST + "?page_size=9&created_before=" + time, "next"))
                    .containsExactly(behind);
            assertThat(under.walk(LIST + "?page_size=9&created_after=" + time, "next"))
                    .containsExactly(ahead);
        }
    }

    private long send(Instant time) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            RecordMetadata place = producer.send(new ProducerRecord<>(
                            topics.submissions(),
                            null,
                            time.toEpochMilli(),
                            ProjectKey.of(1),
                            ProcessorUnderTest.body("stamped").getBytes(StandardCharsets.UTF_8),
                            ProcessorUnderTest.sessionHeaders()))
                    .get();
            return IdBase.NONE.idOf(place.partition(), place.offset()).value();
        }
    }

    /** Lets the producer set times, because only another machine could have a clock that is ahead. */
    private void stampBy(String type) throws Exception {
        try (Admin admin = Admin.create(config.kafka())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topics.submissions()),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("message.timestamp.type", type), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
