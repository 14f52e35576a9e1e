package dev.sluice.processor;

import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.TestKafka;
import dev.sluice.test.fault.Interception;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.BsonDocument;
import org.bson.Document;

/** What a processor that has begun with a log leaves alone once that is not the store's any more. */
class RefusedLogIT {

    /** In another partition of three than of two. */
    private static final long PROJECT = LongStream.rangeClosed(1, 100)
            .filter(project -> ProjectKey.partition(project, 2) != ProjectKey.partition(project, 3))
            .findFirst()
            .orElseThrow();

    private static final CountDownLatch PUBLISHING = new CountDownLatch(1);
    private static final CountDownLatch MAY_PUBLISH = new CountDownLatch(1);

    private final TopicNames topics = TestKafka.freshTopics(RefusedLogIT.class);
    private final ProcessorConfig config = FreshConfig.of(RefusedLogIT.class, topics, 2);
    private final TopicUnderTest topic = new TopicUnderTest(config.kafka(), topics);

    /** Holds up the outcomes that the processor publishes. */
    public static final class Held extends Interception {

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> sent) {
            if (!sent.topic().endsWith(TopicNames.DEFAULT.outcomes())) {
                return sent;
            }
            PUBLISHING.countDown();
            try {
                if (!MAY_PUBLISH.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("held up for too long");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return sent;
        }
    }

    @ConcurrentTest
    void judgesNoRecordByTheNumberOfPartitionsOfARefusedTopic() throws Exception {
        ProcessorConfig held = ProcessorConfig.of(Interception.with(Held.class, config.kafka()), config.mongodb())
                .withLog(LogConfig.of(topics, 2));
        try (ProcessorUnderTest filling = new ProcessorUnderTest(config);
                ProcessorUnderTest processor = new ProcessorUnderTest(held)) {
            filling.submit(PROJECT, fillsAChunk());
            long behind = filling.submit(PROJECT, ProcessorUnderTest.body("behind"));
            processor.start();
            assertThat(PUBLISHING.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            topic.increaseTo(3);
            assertThat(processor.awaitRefusal()).contains("has 3 partitions, but had 2");

            assertThat(processor.get(PROJECT, behind).status()).isEqualTo(503);
            MAY_PUBLISH.countDown();
            await().until(() ->
                    processor.counted("sluice.processor.batch.failures") > 0 || processor.stored(behind) != null);
            assertThat(processor.kind(behind)).isNotEqualTo("dead-letter");
            assertThat(processor.records(topics.deadLetters())).isEmpty();
        }
    }

    @ConcurrentTest
    void doesNotJudgeIdsByATopicThatWasMadeAnew() throws Exception {
        try (ProcessorUnderTest processor = new ProcessorUnderTest(config)) {
            long stored = processor.submit(PROJECT, ProcessorUnderTest.body("stored"));
            processor.start().awaitProgress(stored);
            topic.makeAnew(2);
            assertThat(processor.awaitRefusal()).contains("is not the one");

            IdBase base = IdBase.ofFirstPosition(1L << 20);
            assertThat(processor.get(PROJECT, stored + base.value()).status()).isEqualTo(503);
            assertThat(processor.get(PROJECT, stored).status()).isEqualTo(200);
        }
    }

    /** Lists by time, and what an audit or a rebuild makes of it, would go by the times of copying. */
    @ConcurrentTest
    void isNotTakenForTheSameIfItsRecordsWereStampedAnew() throws Exception {
        ProcessorConfig mirror = config.withLog(LogConfig.of(TestKafka.freshTopics(RefusedLogIT.class), 2));
        try (ProcessorUnderTest old = new ProcessorUnderTest(config)) {
            old.submit(PROJECT, ProcessorUnderTest.body("first"));
            old.start().awaitProgress(old.submit(PROJECT, ProcessorUnderTest.body("second")));
            old.stop();
            TopicUnderTest copy = new TopicUnderTest(config.kafka(), mirror.topics());
            try (ProcessorUnderTest moved =
                    new ProcessorUnderTest(mirror.withLog(mirror.log().withMovedTo(copy.create(2))))) {
                moved.submit(PROJECT, ProcessorUnderTest.body("first"));
                moved.start();
                assertThat(moved.awaitRefusal()).contains("ends at offset 1, but the store has reached 2");

                moved.submit(PROJECT, ProcessorUnderTest.body("second"));

                await().untilAsserted(() -> assertThat(moved.awaitRefusal()).contains("other times", "CreateTime"));
            }
        }
    }

    @ConcurrentTest
    void isStillNoticedAfterTheStoreCouldNotBeUnderstood() {
        try (ProcessorUnderTest processor = new ProcessorUnderTest(config)) {
            processor.startAndAwaitReady();
            setInstallation(processor, new Document("partitions", "two"));
            await().untilAsserted(() -> assertThat(processor.notReady())
                    .anySatisfy(state -> assertThat(state.detail())
                            .contains("the document of the log that the store is filled from cannot be read")));

            setInstallation(processor, new Document("partitions", 2).append("topic", "another"));

            assertThat(processor.awaitRefusal()).contains("is not the one that the store was filled from");
        }
    }

    @ConcurrentTest
    void isNotReadAnyFurtherWhileNobodyCanTellWhichGenerationIsLive() {
        try (ProcessorUnderTest processor = new ProcessorUnderTest(config)) {
            processor.startAndAwaitReady();
            processor.collection("projection").insertOne(BsonDocument.parse("{_id: 'live', last: 1, retired: []}"));
            await().untilAsserted(() -> assertThat(processor.notReady())
                    .anySatisfy(state -> assertThat(state.detail())
                            .startsWith("projection {\"_id\": \"live\"} cannot be read by this version")));
            long submitted = processor.submit(PROJECT, ProcessorUnderTest.body("a"));

            processor.collection("projection").deleteMany(new Document());

            processor.awaitProgress(submitted);
            await().until(() -> processor.notReady().isEmpty());
        }
    }

    @ConcurrentTest
    void fillsNoStoreThatAnotherProcessorFillsFromAnotherLogByNow() throws Exception {
        ProcessorConfig mirror = config.withLog(LogConfig.of(TestKafka.freshTopics(RefusedLogIT.class), 2));
        try (ProcessorUnderTest old = new ProcessorUnderTest(config)) {
            long both = old.submit(PROJECT, ProcessorUnderTest.body("both"));
            old.start().awaitProgress(both);
            TopicUnderTest copy = new TopicUnderTest(config.kafka(), mirror.topics());
            try (ProcessorUnderTest moved = new ProcessorUnderTest(
                    mirror.withLog(mirror.log().withMovedTo(copy.create(2, "message.timestamp.type", "CreateTime"))))) {
                moved.copy(old.received(both), PROJECT, ProcessorUnderTest.body("both"));
                copy.set("message.timestamp.type", "LogAppendTime");
                moved.startAndAwaitReady();

                assertThat(old.awaitRefusal()).contains("is not the one that the store was filled from");
                assertThat(old.submit(PROJECT, ProcessorUnderTest.body("old"))).isEqualTo(both + 256);
                long next = moved.submit(PROJECT, ProcessorUnderTest.body("moved"));
                moved.awaitProgress(next);
                assertThat(ProcessorUnderTest.json(moved.get(PROJECT, next).body())
                                .get("analysis_ref")
                                .stringValue())
                        .isEqualTo("moved");
            }
        }
    }

    private static void setInstallation(ProcessorUnderTest processor, Document fields) {
        processor.collection("installation").updateMany(new Document(), new Document("$set", fields));
    }

    /** Of less than a megabyte, but stored in more than four. */
    private static String fillsAChunk() {
        return "{\"analysis_ref\":\"large\",\"analysis_type\":\"fortify\",\"extra\":{\"n\":[1" + ",1".repeat(400_000)
                + "]}}";
    }
}
