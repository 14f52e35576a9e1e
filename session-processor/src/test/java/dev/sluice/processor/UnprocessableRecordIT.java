package dev.sluice.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.consume.Capacity;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.key.MongoKeys;
import dev.sluice.processor.key.ProjectKeys;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.TestKafka;
import dev.sluice.test.fault.Interception;
import dev.sluice.test.fault.PoisonedRecords;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A record that our code cannot process blocks later records of its partition, and nothing else. */
class UnprocessableRecordIT {

    private static final int PARTITION = 0;
    private static final int OTHER = 1;
    private static final String POISON = "poison";
    private static final String KEY = "key";
    private static final String REASON = "Set aside by an administrator: ticket 7";

    private static volatile boolean isPoisonous;
    private static volatile boolean isError;

    private final ProcessorConfig config = FreshConfig.of(
                    Interception.with(Poison.class, TestKafka.properties()), UnprocessableRecordIT.class, 2)
            .withCapacity(Capacity.of(1));
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);

    public static final class Poison extends PoisonedRecords {

        @Override
        protected boolean isPoisoned(ConsumerRecord<byte[], byte[]> record) {
            return isPoisonous && new String(record.value(), UTF_8).contains(POISON);
        }

        @Override
        protected RuntimeException fault() {
            if (isError) {
                throw new StackOverflowError("a fault of our own");
            }
            return super.fault();
        }
    }

    @AfterEach
    void stop() {
        processor.close();
        isPoisonous = false;
        isError = false;
    }

    @Test
    void keepsNothingBeforeItWaitingThoughItFailsTheWholeTurn() {
        isPoisonous = true;
        isError = true;
        List<Long> before = List.of(submit(PARTITION, "before"), submit(PARTITION, "before"));
        submit(PARTITION, POISON);

        processor.start();

        processor.awaitProgress(before.getLast());
        awaitSaid("partition 0, position 2 cannot be processed, a fault of our own");
        assertThat(processor.progress(PARTITION)).isEqualTo(2);
    }

    @Test
    void keepsNoOtherPartitionWaitingAndNothingBeforeItIsToldAgain() {
        isPoisonous = true;
        long before = submit(PARTITION, "before");
        long poison = submit(PARTITION, POISON);
        long after = submit(PARTITION, "after");
        processor.start();
        awaitSaid("cannot be processed, a fault of our own");

        List<Long> elsewhere = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            elsewhere.add(submit(OTHER, "elsewhere"));
            processor.awaitProgress(elsewhere.getLast());
        }
        awaitSaid("cannot be processed, a fault of our own");

        assertThat(processor.kind(before)).isEqualTo("session");
        assertThat(processor.stored(poison)).isNull();
        assertThat(processor.stored(after)).isNull();
        assertThat(processor.progress(PARTITION)).isEqualTo(1);
        assertThat(processor.records(config.topics().outcomes())).hasSize(1 + elsewhere.size());

        isPoisonous = false;
        processor.awaitProgress(after);
        assertThat(processor.kind(poison)).isEqualTo("session");
        await().until(() -> processor.notReady().isEmpty());
        assertThat(processor.setAside(poison, "late").status()).isEqualTo(409);
        assertThat(processor.collection(MongoFaults.COLLECTION).countDocuments())
                .isZero();
    }

    @Test
    void isADeadLetterOnceSomebodySetsItAsideAlsoForAReleaseThatCanProcessIt() throws Exception {
        isPoisonous = true;
        isError = true;
        // As if the fault were behind the claim of its key.
        long before = submit(PARTITION, "before");
        Headers headers = SubmissionHeaders.ofSession("e", "test", LogUnderTest.USER, KEY, null);
        long poison = submit(PARTITION, POISON, headers);
        processor
                .collection(MongoKeys.COLLECTION)
                .insertOne(new BsonDocument("_id", new BsonString(ProjectKeys.ofClient(project(PARTITION), KEY)))
                        .append(MongoKeys.SUBMISSION, new BsonInt64(poison))
                        .append("digest", new BsonBinary(new byte[32])));
        long after = submit(PARTITION, "after");
        processor.start();
        awaitSaid("\"./sluice set-aside " + poison + " --reason TEXT\" goes on without it");

        assertThat(processor.processing().path("unprocessable")).singleElement().satisfies(fault -> {
            assertThat(fault.path("id").asLong()).isEqualTo(poison);
            assertThat(fault.path("fault").asString()).isEqualTo("StackOverflowError");
        });
        assertThat(processor.setAside(before, "passed").status()).isEqualTo(409);
        assertThat(processor.setAside(after, "ahead").status()).isEqualTo(409);
        assertThat(Stream.of(Long.MAX_VALUE, new SubmissionId(PARTITION, 1000).value(), new SubmissionId(2, 0).value())
                        .map(nowhere -> processor.setAside(nowhere, "nowhere").status()))
                .containsOnly(404);
        assertThat(processor.setAside(poison, "%20").status()).isEqualTo(400);
        assertThat(processor.setAside(poison, "not%FFUTF-8").status()).isEqualTo(400);
        assertThat(processor.setAside(poison, "ticket%207").status()).isEqualTo(200);
        assertThat(processor.setAside(poison, "again").status()).isEqualTo(409);

        processor.awaitProgress(after);
        await().until(() -> processor.notReady().isEmpty());
        assertThat(processor.processing().path("unprocessable")).isEmpty();
        assertThat(processor.kind(after)).isEqualTo("session");
        assertRefused(poison);
        assertThat(processor.audit().first()).isEmpty();

        isPoisonous = false;
        assertThat(processor.audit().first()).isEmpty();
        assertThat(processor.records(config.topics().deadLetters()))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.value()).asString(UTF_8).contains(POISON);
                    assertThat(letter.headers().lastHeader(SubmissionHeaders.USER))
                            .isNotNull();
                    assertThat(letter.headers()
                                    .lastHeader(KafkaDeadLetters.REASON)
                                    .value())
                            .asString(UTF_8)
                            .isEqualTo(REASON);
                });
        long again = submit(PARTITION, POISON, SubmissionHeaders.ofResubmission("f", headers, SubmissionId.of(poison)));
        processor.awaitProgress(again);
        assertThat(processor.kind(again)).isEqualTo("session");

        new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC())
                .run(new RebuildOptions(false, false, Duration.ZERO), RebuildListener.NONE);

        await().untilAsserted(() -> assertRefused(poison));
        assertThat(processor.audit().first()).isEmpty();
    }

    /** Neither while it fails nor after it was processed; nor is the command named, which would refuse. */
    @Test
    void isNotNotedIfTheFaultIsBehindWhatStoredIt() {
        isPoisonous = true;
        long id = submit(PARTITION, "stored");

        processor.start(() -> {
            if (isPoisonous) {
                throw new IllegalStateException("a fault of our own");
            }
        });

        awaitSaid("(see the log); it is stored, so only a version that can process it goes on");
        assertThat(processor.kind(id)).isEqualTo("session");
        assertThat(processor.processing().path("unprocessable")).isEmpty();
        assertThat(processor.setAside(id, "stored").status()).isEqualTo(409);

        isPoisonous = false;
        processor.awaitProgress(id);
        await().until(() -> processor.notReady().isEmpty());
        assertThat(processor.collection(MongoFaults.COLLECTION).countDocuments())
                .isZero();
    }

    private void assertRefused(long id) {
        JsonNode submission = processor.readJson("/api/v2/projects/" + project(PARTITION) + "/submissions/" + id + "/");
        assertThat(submission.path("state").asString()).isEqualTo("rejected");
        assertThat(submission.path("errors").toString()).contains(REASON);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logsItsStackTraceOnce(boolean ofTheWholeTurn) {
        isPoisonous = true;
        isError = ofTheWholeTurn;
        submit(PARTITION, POISON);

        try (LoggedLines lines = new LoggedLines("dev.sluice.processor.consume.Workers", Level.WARN)) {
            processor.start();
            await().until(() -> lines.events().size() >= 3);

            assertThat(lines.events().getFirst().getThrowableProxy()).isNotNull();
            assertThat(lines.events().stream().skip(1)).allSatisfy(line -> {
                assertThat(line.getThrowableProxy()).isNull();
                assertThat(line.getFormattedMessage()).contains("a fault of our own");
            });
        }
    }

    private void awaitSaid(String part) {
        await().untilAsserted(() -> assertThat(processor.notReady())
                .extracting(ReadinessCheck.State::detail)
                .anySatisfy(detail -> assertThat(detail).contains(part)));
    }

    private long submit(int partition, String ref) {
        return submit(partition, ref, ProcessorUnderTest.sessionHeaders());
    }

    private long submit(int partition, String ref, Headers headers) {
        byte[] body = ProcessorUnderTest.body(ref).getBytes(UTF_8);
        return processor.send(partition, ProjectKey.of(project(partition)), body, headers);
    }

    private static long project(int partition) {
        return LongStream.rangeClosed(1, 100)
                .filter(project -> ProjectKey.partition(project, 2) == partition)
                .findFirst()
                .orElseThrow();
    }
}
