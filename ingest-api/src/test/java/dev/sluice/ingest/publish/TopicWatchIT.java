package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.TestKafka;
import dev.sluice.test.process.InstalledTopics;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

class TopicWatchIT {

    private static final byte[] KEY = ProjectKey.of(7);

    private final TopicNames topics = TestKafka.freshTopics(TopicWatchIT.class);
    private final InstalledTopics installed = InstalledTopics.make(TestKafka.properties(), topics, 1);

    @ConcurrentTest
    void takesSubmissionsAgainAfterADoubtOnlyOnceTwoLooksHaveFoundTheSameTopic() throws Exception {
        for (int record = 0; record < 3; record++) {
            write();
        }
        try (LoggedLines logged = new LoggedLines(TopicWatch.class);
                TopicWatch watch = new TopicWatch(KafkaLog.of(installed.kafka(), topics), () -> {})) {
            watch.start();
            await().until(() -> watch.ends().expected(KEY, 1).offset() == 3);
            await().until(() -> watch.partitions().isPresent());

            // As if the log had lost its end.
            long doubted = System.nanoTime();
            assertThat(watch.ends().isExpected(watch.ends().expected(KEY, 1), at(2)))
                    .isFalse();

            assertThat(watch.partitions()).isEmpty();
            await().until(() -> watch.partitions().isPresent());
            assertThat(Duration.ofNanos(System.nanoTime() - doubted)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(logged.all())
                    .filteredOn(line -> line.contains("has lost its end: a record for partition 0 from offset 3 on got"
                            + " offset 2 of partition 0"))
                    .hasSize(1);
            await().until(() -> watch.ends().isExpected(watch.ends().expected(KEY, 1), at(3)));
        }
    }

    private void write() throws Exception {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(installed.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topics.submissions(), KEY, KEY)).get();
        }
    }

    private RecordMetadata at(long offset) {
        return new RecordMetadata(new TopicPartition(topics.submissions(), 0), offset, 0, 0, 0, 0);
    }
}
