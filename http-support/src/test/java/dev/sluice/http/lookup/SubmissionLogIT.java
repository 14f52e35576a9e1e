package dev.sluice.http.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.http.api.EvenTime;
import dev.sluice.http.api.ProblemException;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.test.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubmissionLogIT {

    private final SubmissionsTopic topic =
            new SubmissionsTopic(TestKafka.properties(), TestKafka.freshTopics(SubmissionLogIT.class));
    private SubmissionLog log;

    @BeforeAll
    void start() throws Exception {
        topic.create();
        log = new SubmissionLog(topic.log(), "test");
    }

    @AfterAll
    void stop() {
        log.close();
    }

    @Test
    void findsWhatIsAtAPlaceAndNothingBeyondTheEnd() throws Exception {
        SubmissionId first = topic.send(0, "first");
        SubmissionId second = topic.send(0, "second");

        assertThat(value(first)).isEqualTo("first");
        assertThat(value(second)).isEqualTo("second");
        assertThat(look(new SubmissionId(0, second.position() + 1))).isEqualTo(new LogLookup.Nowhere());
        assertThat(look(new SubmissionId(0, 1L << 50))).isEqualTo(new LogLookup.Nowhere());
        assertThat(look(new SubmissionId(SubmissionsTopic.PARTITIONS, 0))).isEqualTo(new LogLookup.Nowhere());

        SubmissionId third = topic.send(0, "third");
        assertThat(value(third)).isEqualTo("third");
    }

    /** The first lookup of all does not know yet how many partitions there are. */
    @Test
    void findsNoRecordInTheWrongPartitionForItsProjectNotEvenAtFirst() throws Exception {
        int right = ProjectKey.partition(1, SubmissionsTopic.PARTITIONS);
        SubmissionId wrong = topic.send(1 - right, "wrong");
        SubmissionId fit = topic.send(right, "fit");

        try (SubmissionLog fresh = new SubmissionLog(topic.log(), "test")) {
            assertThat(fresh.<LogLookup>look("token", 1, wrong, found -> found)).isEqualTo(new LogLookup.Nowhere());
            assertThat(fresh.<LogLookup>look("token", 1, fit, found -> found)).isInstanceOf(LogLookup.Found.class);
        }
    }

    @Test
    void findsARecordOfTenMegabytesAmongOthers() throws Exception {
        topic.send(1, "before");
        SubmissionId large = topic.send(1, "x".repeat(10_000_000));
        topic.send(1, "after");

        assertThat(value(large)).hasSize(10_000_000);
    }

    @Test
    void saysWhenARecordWasDeleted() throws Exception {
        SubmissionsTopic own = new SubmissionsTopic(topic.kafka(), TestKafka.freshTopics(SubmissionLogIT.class));
        own.create();
        SubmissionId deleted = own.send(0, "deleted");
        SubmissionId kept = own.send(0, "kept");
        own.deleteBefore(kept);

        try (SubmissionLog ofOwn = new SubmissionLog(own.log(), "test")) {
            assertThat(ofOwn.<LogLookup>withSlot(deleted, found -> found)).isEqualTo(new LogLookup.Gone());
            assertThat(ofOwn.<LogLookup>withSlot(kept, found -> found)).isInstanceOf(LogLookup.Found.class);
        }
    }

    @Test
    void findsNoRecordOfATransactionThatWasNotCommittedNorAMarker() throws Exception {
        try (Producer<byte[], byte[]> producer = topic.producer(
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic.names().prefix()))) {
            producer.initTransactions();
            producer.beginTransaction();
            SubmissionId aborted = topic.send(producer, 0, "aborted");
            assertThat(look(aborted)).isInstanceOf(LogLookup.NotNow.class);
            producer.abortTransaction();

            await().atMost(Duration.ofSeconds(10)).until(() -> look(aborted) instanceof LogLookup.Nowhere);
            SubmissionId after = topic.send(0, "after");
            assertThat(look(new SubmissionId(0, aborted.position() + 1))).isEqualTo(new LogLookup.Nowhere());
            assertThat(value(after)).isEqualTo("after");
        }
    }

    @Test
    void letsAFewOfManyReadAtATime() throws Exception {
        List<SubmissionId> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(topic.send(0, "value " + i));
        }
        AtomicInteger reading = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Function<LogLookup, String> use = found -> {
            most.accumulateAndGet(reading.incrementAndGet(), Math::max);
            String value = value(found);
            reading.decrementAndGet();
            return value;
        };

        List<Future<String>> values = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (SubmissionId id : ids) {
                values.add(threads.submit(() -> log.withSlot(id, use)));
            }
        }

        for (int i = 0; i < 50; i++) {
            assertThat(values.get(i).get()).isEqualTo("value " + i);
        }
        assertThat(most.get()).isBetween(1, 4);
    }

    @Test
    void tellsByNoTimeWhyThereIsNothing() throws Exception {
        SubmissionId ofOtherProject = topic.send(1, "other");
        long reader = IntStream.iterate(2, project -> project + 1)
                .filter(project -> ProjectKey.partition(project, SubmissionsTopic.PARTITIONS) == 1)
                .findFirst()
                .orElseThrow();
        SubmissionId ofOtherPartition = new SubmissionId(0, 0);
        SubmissionId beyond = new SubmissionId(1, 1L << 50);

        for (SubmissionId id : List.of(ofOtherProject, ofOtherPartition, beyond)) {
            long begin = System.nanoTime();
            LogLookup found = log.lookInEvenTime("token", reader, id, lookup -> lookup);

            assertThat(found).isEqualTo(new LogLookup.Nowhere());
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(EvenTime.STEP);
        }
    }

    @Test
    void letsOthersReadWhileOneCallerNamesWhatIsNotThereAgainAndAgain() throws Exception {
        SubmissionId there = topic.send(ProjectKey.partition(1, SubmissionsTopic.PARTITIONS), "there");
        AtomicBoolean ended = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                threads.execute(() -> {
                    while (!ended.get()) {
                        nameNothing();
                    }
                });
            }
            for (int i = 0; i < 5; i++) {
                String found = log.lookInEvenTime("other", 1, there, SubmissionLogIT::value);
                assertThat(found).isEqualTo("there");
            }
            ended.set(true);
        }
    }

    private void nameNothing() {
        try {
            log.<LogLookup>lookInEvenTime("greedy", 1, new SubmissionId(0, 1L << 50), found -> found);
        } catch (ProblemException e) {
            assertThat(e.answer().status()).isEqualTo(429);
        }
    }

    @Test
    void cannotSayWithoutTheTopicAndSaysSoInTime() {
        long start = System.nanoTime();
        try (SubmissionLog ofNone =
                new SubmissionLog(KafkaLog.of(topic.kafka(), TestKafka.freshTopics(SubmissionLogIT.class)), "test")) {
            assertThat(ofNone.<LogLookup>withSlot(new SubmissionId(0, 0), found -> found))
                    .isInstanceOf(LogLookup.NotNow.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    private LogLookup look(SubmissionId id) {
        return log.withSlot(id, found -> found);
    }

    private String value(SubmissionId id) {
        return log.withSlot(id, SubmissionLogIT::value);
    }

    private static String value(LogLookup found) {
        return found instanceof LogLookup.Found(var record) ? new String(record.value(), UTF_8) : found.toString();
    }
}
