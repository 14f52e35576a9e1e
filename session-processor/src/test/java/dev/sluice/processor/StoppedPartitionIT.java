package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.AnswerHeaders;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.observe.ReadinessCheck.State.Change;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flood of bad records stops its partition, and nothing else, until an operator resumes it. */
class StoppedPartitionIT {

    private static final int FLOODED = 0;
    private static final int CALM = 1;
    private static final String AT_THE_FIFTH = "partition 0 is stopped at offset 5 ";
    private static final byte[] NO_JSON = "no JSON".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FAULTY = "{\"analysis_ref\":\"x\"}".getBytes(StandardCharsets.UTF_8);

    private final ProcessorConfig config =
            FreshConfig.of(kafka(), StoppedPartitionIT.class, 2).withBreaker(new BreakerConfig(5, 0, 0));
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);

    @AfterEach
    void stop() {
        processor.close();
    }

    @Test
    void isStoppedAtTheRecordThatMakesAFlood() throws Exception {
        List<Long> flood = flood(7);
        processor.start();

        awaitStopped(
                AT_THE_FIFTH + "by the breaker: 5 bad records in a row; look at"
                        + " submissions/?state=rejected of the projects in it and at the dead letters; \"./sluice resume\" goes on");

        processor.awaitProgress(good(CALM));
        processor.awaitProgress(flood.get(4));
        assertThat(processor.progress(FLOODED)).isEqualTo(5);
        assertThat(flood.subList(0, 5))
                .allSatisfy(id -> assertThat(processor.kind(id)).isIn("rejected", "dead-letter"));
        assertThat(processor.stored(flood.get(5))).isNull();
        assertThat(processor.gauge("sluice.processor.breaker.open")).isOne();
        assertThat(processor.records(config.topics().deadLetters()))
                .as("every other one of the five bad records, which are unreadable")
                .hasSize(3);
        assertThat(processor.records(config.topics().outcomes()))
                .as("the five bad records and the one in the calm partition")
                .hasSize(5 + 1);
        await().untilAsserted(() -> assertThat(committed(FLOODED)).isEqualTo(5));
    }

    @Test
    void staysStoppedAcrossARestart() {
        stopByAFlood(7);
        processor.stop();

        processor.start();

        awaitStopped(AT_THE_FIFTH);
        processor.awaitProgress(good(CALM));
        assertThat(processor.progress(FLOODED)).isEqualTo(5);
    }

    @Test
    void goesOnWhereItStoppedWhenSomebodyResumesIt() {
        List<Long> flood = stopByAFlood(7);
        long after = good(FLOODED);

        try (LoggedLines trail = new LoggedLines(AuditTrail.LOG_NAME, Level.INFO)) {
            assertThat(processor.resume().path("resumed"))
                    .singleElement()
                    .satisfies(resumed ->
                            assertThat(resumed.path("offset").asLong()).isEqualTo(5));

            assertThat(trail.all())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("resume of partition 0 at offset 5 by user 1 with token 0 in request fake: "
                                    + "goes on, stopped since ")
                            .endsWith(" (5 bad records in a row)"));
        }
        processor.awaitProgress(after);
        assertThat(processor.kind(after)).isEqualTo("session");
        assertThat(processor.kind(flood.get(6))).isEqualTo("dead-letter");
        await().until(() -> processor.notReady().isEmpty());
        assertThat(processor.resume().path("resumed")).isEmpty();
    }

    @Test
    void isStoppedForWhicheverProcessorHasItAndResumedThroughAnyOfThem() {
        List<Long> flood = stopByAFlood(6);
        try (ProcessorUnderTest other = new ProcessorUnderTest(config)) {
            other.start();
            processor.stop();
            other.awaitProgress(good(CALM));
            await().untilAsserted(() -> assertThat(other.notReady())
                    .extracting(ReadinessCheck.State::detail)
                    .anySatisfy(detail -> assertThat(detail).startsWith(AT_THE_FIFTH)));
            assertThat(other.stored(flood.get(5))).isNull();

            processor.start();
            assertThat(processor.resume().path("resumed")).hasSize(1);

            processor.awaitProgress(flood.get(5));
        }
    }

    @Test
    void isNotStoppedByWhatIsRejectedForARecordBeforeItOrForWantOfOne() {
        long first = keyed("first");
        long missing = new SubmissionId(FLOODED, SubmissionId.of(first).position() + 1_000).value();
        List<Long> rejected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rejected.add(keyed("another " + i));
            rejected.add(noteOf(missing));
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
        awaitStopped(AT_THE_FIFTH);
        assertThat(processor.collection("keys").find().first()).isNotNull();
        assertThat(processor.stored(lost)).isNull();
        new TopicUnderTest(config.kafka(), config.topics()).deleteRecordsBefore(FLOODED, 6);
        processor.resume();

        long again = keyed("kept too short");
        long oneMore = keyed("kept too short");
        processor.awaitProgress(oneMore);

        assertThat(processor.kind(again)).isEqualTo("session");
        assertThat(processor.kind(oneMore)).isEqualTo("duplicate");
        assertThat(processor.get(project(FLOODED), lost).status()).isEqualTo(404);
        assertThat(processor.audit().flaws()).isEmpty();
    }

    @Test
    void saysAtOnceToWhoeverReadsWhatIsBehindItsStopThatItWaitsForAnOperator() {
        List<Long> flood = stopByAFlood(6);
        long project = project(FLOODED);

        Answer session = processor.get(project, flood.get(5));
        Answer list = processor.read("/api/v2/projects/" + project + "/tasks/?read_after=" + flood.get(5));

        assertThat(List.of(session, list)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).contains(AnswerHeaders.RETRY_LATER);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .contains("its partition is stopped (5 bad records in a row) until an operator resumes it");
        });
        assertThat(processor.get(projectAfter(project, FLOODED), flood.get(5)).status())
                .isEqualTo(404);
    }

    private List<Long> stopByAFlood(int records) {
        List<Long> ids = flood(records);
        processor.start();
        awaitStopped(AT_THE_FIFTH);
        return ids;
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
        return projectAfter(0, partition);
    }

    private static long projectAfter(long last, int partition) {
        return LongStream.rangeClosed(last + 1, 100)
                .filter(project -> ProjectKey.partition(project, 2) == partition)
                .findFirst()
                .orElseThrow();
    }

    private void awaitStopped(String detail) {
        await().untilAsserted(() -> assertThat(processor.notReady())
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
}
