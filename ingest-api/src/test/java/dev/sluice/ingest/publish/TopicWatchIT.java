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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
            watch.ends().reaches(0, 10);
            long doubted = System.nanoTime();
            doubt(watch);

            assertThat(watch.partitions()).isEmpty();
            await().until(() -> watch.partitions().isPresent());
            assertThat(Duration.ofNanos(System.nanoTime() - doubted)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(logged.all())
                    .filteredOn(line -> line.contains(topics.submissions()
                            + " was made anew or has lost its end: a record for partition 0 from offset 10 on got"
                            + " offset 2 of partition 0"))
                    .hasSize(1);
            await().until(() -> watch.ends().expected(KEY, 1).offset() == 3);
        }
    }

    @ConcurrentTest
    void looksAgainNoEarlierThanASecondAfterALookThatDoubts() throws Exception {
        List<Long> looks = new CopyOnWriteArrayList<>();
        try (LoggedLines logged = new LoggedLines(TopicWatch.class);
                TopicWatch watch =
                        new TopicWatch(KafkaLog.of(installed.kafka(), topics), () -> looks.add(System.nanoTime()))) {
            watch.start();
            await().until(() -> watch.partitions().isPresent());
            await().until(() -> watch.state().ready());
            int before = looks.size();

            watch.ends().reaches(0, 10);
            doubt(watch);
            await().until(() -> logged.all().stream()
                    .anyMatch(line -> line.contains(topics.submissions() + " was made anew or has lost its end")));
            watch.ends().reaches(0, 10);
            doubt(watch);

            await().until(() -> looks.size() > before + 1);
            assertThat(Duration.ofNanos(looks.get(before + 1) - looks.get(before)))
                    .isGreaterThan(Duration.ofSeconds(1));
        }
    }

    private void write() throws Exception {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(installed.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topics.submissions(), KEY, KEY)).get();
        }
    }

    private void doubt(TopicWatch watch) {
        RecordMetadata place = new RecordMetadata(new TopicPartition(topics.submissions(), 0), 2, 0, 0, 0, 0);
        assertThat(watch.ends().isExpected(watch.ends().expected(KEY, 1), place))
                .isFalse();
    }
}
