package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.observe.ReadinessCheck.State.Change;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A flood of bad records stops its partition, and nothing else, until an operator resumes it. */
class StoppedPartitionIT {

    private static final int FLOODED = 0;
    private static final int CALM = 1;
    private static final byte[] NO_JSON = "no JSON".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FAULTY = "{\"analysis_ref\":\"x\"}".getBytes(StandardCharsets.UTF_8);

    private final ProcessorConfig config = ProcessorConfig.of(
                    kafka(), TestMongo.freshDatabase(StoppedPartitionIT.class))
            .withTopics(TestKafka.freshTopics(StoppedPartitionIT.class))
            .withPartitions(2)
            .withBreaker(new BreakerConfig(5, 0, 0));
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);

    @AfterEach
    void stop() {
        processor.close();
    }

    @Test
    void isStoppedAtTheRecordThatMakesAFloodAndGoesOnWhenSomebodyResumes() throws Exception {
        List<Long> flood = flood(7);
        long after = good(FLOODED);
        processor.start();

        awaitStopped(
                "partition 0 is stopped at offset 5 by the breaker: 5 bad records in a row; look at"
                        + " submissions/?state=rejected of the projects in it and at the dead letters; \"./sluice resume\" goes on");
        long elsewhere = good(CALM);
        processor.awaitProgress(elsewhere);
        processor.awaitProgress(flood.get(4));
        assertThat(processor.progress(FLOODED)).isEqualTo(5);
        assertThat(flood.subList(0, 5))
                .allSatisfy(id -> assertThat(processor.kind(id)).isIn("rejected", "dead-letter"));
        assertThat(processor.stored(flood.get(5))).isNull();
        assertThat(processor.gauge("sluice.processor.breaker.open")).isOne();
        assertThat(processor.records(config.topics().deadLetters()))
                .extracting(ConsumerRecord::offset)
                .hasSize(3);
        assertThat(processor.records(config.topics().outcomes()))
                .extracting(ConsumerRecord::offset)
                .hasSize(6);
        await().atMost(ProcessorUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(committed(FLOODED)).isEqualTo(5));

        processor.stop();
        processor.start();
        awaitStopped("partition 0 is stopped at offset 5 ");
        long elsewhereAgain = good(CALM);
        processor.awaitProgress(elsewhereAgain);
        assertThat(processor.progress(FLOODED)).isEqualTo(5);

        List<String> audit = new ArrayList<>();
        JsonNode resumed = audited(audit, processor::resume);

        assertThat(resumed.path("resumed")).hasSize(1);
        assertThat(resumed.path("resumed").get(0).path("offset").asLong()).isEqualTo(5);
        assertThat(audit)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("resume of partition 0 at offset 5 by user 1 with token 0 in request fake: "
                                + "goes on, stopped since ")
                        .endsWith(" (5 bad records in a row)"));
        processor.awaitProgress(after);
        assertThat(processor.kind(after)).isEqualTo("session");
        assertThat(processor.kind(flood.get(6))).isEqualTo("dead-letter");
        await().atMost(ProcessorUnderTest.PATIENCE)
                .until(() -> processor.notReady().isEmpty());
        assertThat(processor.resume().path("resumed")).isEmpty();
    }

    @Test
    void isStoppedForWhicheverProcessorHasItAndResumedThroughAnyOfThem() {
        List<Long> flood = flood(6);
        try (ProcessorUnderTest other = new ProcessorUnderTest(config)) {
            processor.start();
            awaitStopped("partition 0 is stopped at offset 5 ");
            other.start();
            processor.stop();
            long elsewhere = good(CALM);
            other.awaitProgress(elsewhere);
            await().atMost(ProcessorUnderTest.PATIENCE)
                    .untilAsserted(() -> assertThat(other.notReady())
                            .extracting(ReadinessCheck.State::detail)
                            .anySatisfy(
                                    detail -> assertThat(detail).startsWith("partition 0 is stopped at offset 5 ")));
            assertThat(other.stored(flood.get(5))).isNull();

            processor.start();
            assertThat(processor.resume().path("resumed")).hasSize(1);

            processor.awaitProgress(flood.get(5));
        }
    }

    @Test
    void isNotStoppedByWhatIsRejectedForARecordBeforeItOrForWantOfOne() {
        long first = keyed("first");
        List<Long> rejected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rejected.add(keyed("another " + i));
            rejected.add(noteOf(first + 256 * 1000));
        }
        long after = good(FLOODED);
        processor.start();

        processor.awaitProgress(after);

        assertThat(rejected).extracting(processor::kind).containsOnly("rejected");
        assertThat(processor.kind(after)).isEqualTo("session");
    }

    /** It was claimed with the keys of the records before it, which were processed. */
    @Test
    void leavesTheKeyOfWhatTheLogHasLostBehindItsStopToWhoeverSubmitsThatAgain() throws Exception {
        flood(5);
        long lost = keyed("kept too short");
        processor.start();
        awaitStopped("partition 0 is stopped at offset 5 ");
        assertThat(processor.collection("keys").find().first()).isNotNull();
        assertThat(processor.stored(lost)).isNull();
        deleteRecordsBefore(6);
        processor.resume();

        long again = keyed("kept too short");
        long oneMore = keyed("kept too short");
        processor.awaitProgress(oneMore);

        assertThat(processor.kind(again)).isEqualTo("session");
        assertThat(processor.kind(oneMore)).isEqualTo("duplicate");
        assertThat(processor.get(project(FLOODED), lost).status()).isEqualTo(404);
        assertThat(processor.audit().flaws()).isEmpty();
    }

    /** A session with the same key each time. */
    private long keyed(String ref) {
        return processor.send(
                FLOODED,
                key(FLOODED),
                ProcessorUnderTest.body(ref).getBytes(StandardCharsets.UTF_8),
                SubmissionHeaders.ofSession("e", "test", ProcessorUnderTest.USER, "same", null));
    }

    private long noteOf(long session) {
        String note = "{\"analysis_session\":" + session
                + ",\"behaviour\":\"replace\",\"confidence\":\"low\",\"findings\":[],\"status\":\"pass\"}";
        return processor.send(
                FLOODED,
                key(FLOODED),
                note.getBytes(StandardCharsets.UTF_8),
                SubmissionHeaders.ofNote("e", "test", "T6", ProcessorUnderTest.USER, null, null));
    }

    /** Alternates unreadable records and records that break the rules, starting with an unreadable one. */
    private List<Long> flood(int records) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            ids.add(processor.send(
                    FLOODED, key(FLOODED), i % 2 == 0 ? NO_JSON : FAULTY, ProcessorUnderTest.sessionHeaders()));
        }
        return ids;
    }

    private long good(int partition) {
        byte[] body = ProcessorUnderTest.body("good").getBytes(StandardCharsets.UTF_8);
        return processor.send(partition, key(partition), body, ProcessorUnderTest.sessionHeaders());
    }

    /** With more frequent heartbeats, so that members of the group learn of each other sooner than by default. */
    private static Map<String, Object> kafka() {
        Map<String, Object> settings = new HashMap<>(TestKafka.properties());
        settings.put("heartbeat.interval.ms", 200);
        return settings;
    }

    private static byte[] key(int partition) {
        return ProjectKey.of(project(partition));
    }

    private static long project(int partition) {
        return LongStream.rangeClosed(1, 100)
                .filter(project -> ProjectKey.partition(project, 2) == partition)
                .findFirst()
                .orElseThrow();
    }

    private void deleteRecordsBefore(long offset) throws Exception {
        TopicPartition partition = new TopicPartition(config.topics().submissions(), FLOODED);
        try (Admin admin = Admin.create(config.kafka())) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private void awaitStopped(String detail) {
        await().atMost(ProcessorUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(processor.notReady())
                        .singleElement()
                        .satisfies(state -> {
                            assertThat(state.detail()).startsWith(detail);
                            assertThat(state.change()).isEqualTo(Change.BY_SOMEBODY);
                        }));
    }

    private long committed(int partition) throws Exception {
        try (Admin admin = Admin.create(config.kafka())) {
            Map<TopicPartition, ?> offsets = admin.listConsumerGroupOffsets(
                            config.topics().prefix() + "session-processor")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return offsets.get(new TopicPartition(config.topics().submissions(), partition))
                            instanceof OffsetAndMetadata committed
                    ? committed.offset()
                    : -1;
        }
    }

    private static JsonNode audited(List<String> lines, Supplier<JsonNode> action) {
        Logger logger = (Logger) LoggerFactory.getLogger(AuditTrail.LOG_NAME);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        try {
            return action.get();
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(before);
            appender.list.forEach(event -> lines.add(event.getFormattedMessage()));
        }
    }
}
