package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Which logs a processor accepts as the one that its store was filled from, and how it continues with another. */
class SourceLogIT {

    private static final long PROJECT = 5;
    private static final String LIST = "/api/v2/projects/5/analysis-sessions/";
    private static final String NOTE =
            "\"behaviour\":\"replace\",\"confidence\":\"low\",\"findings\":[],\"status\":\"pass\"}";

    private final TopicNames topics = TestKafka.freshTopics(SourceLogIT.class);
    private final ProcessorConfig config = FreshConfig.of(SourceLogIT.class, topics, 2);
    private final TopicUnderTest topic = new TopicUnderTest(config.kafka(), topics);
    private ProcessorUnderTest under = new ProcessorUnderTest(config);

    @AfterEach
    void stop() {
        under.close();
    }

    @Test
    void refusesAChangedNumberOfPartitionsAlsoWhileItRuns() throws Exception {
        under.start().awaitProgress(under.submit(PROJECT, ProcessorUnderTest.body("before")));

        topic.increaseTo(3);

        assertThat(under.awaitRefusal()).contains("has 3 partitions, but had 2", "SLUICE_IDS_BASE to ");
        assertThat(under.notReady())
                .anySatisfy(state -> assertThat(state.detail()).contains("3 partitions"));
        restartWith(config.withIds(new IdBase(512)));
        assertThat(under.awaitRefusal()).contains("SLUICE_IDS_BASE is 512", "set it back to 0");
    }

    @Test
    void isNotReadyWhileTheTopicHasASettingThatCannotBe() throws Exception {
        under.start().awaitProgress(under.submit(PROJECT, ProcessorUnderTest.body("before")));

        topic.set("cleanup.policy", "compact");
        await().atMost(ProcessorUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(under.notReady())
                        .anySatisfy(state -> assertThat(state.detail())
                                .contains(topics.submissions(), "cleanup.policy=compact", "expected delete")));

        topic.set("cleanup.policy", "delete");
        await().atMost(ProcessorUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(under.notReady()).isEmpty());
    }

    @Test
    void refusesALogThatWasMadeAnewAndIsLongerByNow() throws Exception {
        long kept = under.submit(PROJECT, ProcessorUnderTest.body("kept"));
        under.start().awaitProgress(kept);
        under.stop();
        topic.makeAnew(2);
        for (int i = 0; i < 3; i++) {
            under.submit(PROJECT, ProcessorUnderTest.body("anew-" + i));
        }

        under.start();

        assertThat(under.awaitRefusal()).contains("is not the one", "SLUICE_IDS_BASE to ", "SLUICE_LOG_MOVED_TO to ");
        assertThat(under.get(PROJECT, kept).status()).isEqualTo(200);
        assertThat(under.collection("submissions").countDocuments()).isEqualTo(1);
    }

    @Test
    void isNotReadyOnceTheTopicIsGone() throws Exception {
        under.start().awaitProgress(under.submit(PROJECT, ProcessorUnderTest.body("before")));

        topic.delete();

        await().atMost(ProcessorUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(under.notReady())
                        .anySatisfy(state ->
                                assertThat(state.detail()).isEqualTo("there is no topic " + topics.submissions())));
    }

    @Test
    void makesNoTopicWhereTheStoreHadOne() throws Exception {
        under.start().awaitProgress(under.submit(PROJECT, ProcessorUnderTest.body("before")));
        under.stop();
        topic.delete();

        under.start();

        assertThat(under.awaitRefusal()).contains("there is no topic " + topics.submissions());
    }

    @Test
    void takesALogThatIsSaidToBeTheSame() throws Exception {
        long once = under.submit(PROJECT, ProcessorUnderTest.body("once"));
        under.start().awaitProgress(once);
        under.stop();
        topic.delete();
        String topicId = topic.create(2, "message.timestamp.type", "CreateTime");
        under.copy(under.received(once), PROJECT, ProcessorUnderTest.body("once"));
        topic.set("message.timestamp.type", "LogAppendTime");
        // The leaders of the other cluster had different epochs.
        under.collection("progress").updateMany(new Document(), new Document("$set", new Document("leader_epoch", 99)));

        restartWith(config.withMovedTo(topicId));

        under.awaitProgress(under.submit(PROJECT, ProcessorUnderTest.body("next")));
        assertThat(under.collection("submissions").countDocuments()).isEqualTo(2);
        assertThat(under.audit().flaws()).isEmpty();
    }

    @Test
    void goesOnWithALogThatWasMadeAnewAboveItsBase() throws Exception {
        long former = session("former", "fail");
        under.start().awaitProgress(former);
        under.stop();
        topic.makeAnew(2);
        IdBase base = IdBase.ofFirstPosition(1L << 20);
        restartWith(config.withIds(base));

        long session = session("anew", "pass");
        long note = note(former);
        long bad = under.send(ProjectKey.of(PROJECT), "not JSON".getBytes(StandardCharsets.UTF_8), headers("session"));
        long last = session("last", "pass");
        under.awaitProgress(last);

        assertThat(session).isGreaterThanOrEqualTo(base.value() + 256).isGreaterThan(former);
        assertThat(List.of(under.kind(session), under.kind(note), under.kind(bad)))
                .containsExactly("session", "note", "dead-letter");
        assertThat(under.walk(LIST + "?page_size=1", "next")).containsExactly(last, session, former);
        String created = under.readJson(LIST + session + "/").get("created").stringValue();
        assertThat(ids(under.readJson(LIST + "?created_after=" + created))).containsExactly(last, session);
        assertThat(under.readJson(LIST + former + "/").get("analysis_ref").stringValue())
                .isEqualTo("former");
        JsonNode task = under.readJson("/api/v2/projects/5/tasks/5-T6/");
        assertThat(task.get("verification_status").stringValue()).isEqualTo("pass");
        assertThat(under.tasksWith(5, "T6").getInt64("position").getValue()).isEqualTo(last);
        assertThat(under.get(PROJECT, former + 256).status()).isEqualTo(404);
        assertThat(under.get(PROJECT, base.value() - 256 + session % 256).status())
                .isEqualTo(404);
        SubmissionId place = SubmissionId.of(bad);
        assertThat(under.records(topics.deadLetters()))
                .singleElement()
                .satisfies(letter -> assertThat(SubmissionHeaders.text(letter.headers(), "sluice-dead-letter-offset"))
                        .hasValue(Long.toString(base.offset(place.position()))));
        assertThat(under.records(topics.outcomes()).stream()
                        .map(outcome -> SubmissionHeaders.text(outcome.headers(), "ce_id")))
                .doesNotHaveDuplicates()
                .contains(Optional.of(place.partition() + "-" + place.position()));
    }

    @ParameterizedTest
    @CsvSource({
        "message.timestamp.type, CreateTime, expected LogAppendTime",
        "min.insync.replicas, 2, expected at most 1",
    })
    void refusesATopicWithASettingThatCannotBe(String setting, String value, String expected) throws Exception {
        topic.makeAnew(2, setting, value);

        under.start();

        assertThat(under.awaitRefusal()).contains(topics.submissions(), setting + "=" + value, expected);
    }

    private long session(String ref, String status) {
        return under.submit(
                PROJECT,
                "{\"analysis_ref\":\"" + ref + "\",\"analysis_type\":\"fortify\",\"notes\":[{\"task\":\"5-T6\","
                        + NOTE.replace("pass", status) + "]}");
    }

    private long note(long session) {
        return under.send(
                ProjectKey.of(PROJECT),
                ("{\"analysis_session\":" + session + "," + NOTE).getBytes(StandardCharsets.UTF_8),
                headers("note"));
    }

    private static org.apache.kafka.common.header.Headers headers(String kind) {
        return kind.equals("note")
                ? SubmissionHeaders.ofNote("e", "test", "T6", ProcessorUnderTest.USER, null, null)
                : ProcessorUnderTest.sessionHeaders();
    }

    private static List<Long> ids(JsonNode list) {
        return list.get("results")
                .valueStream()
                .map(item -> item.get("id").longValue())
                .toList();
    }

    private void restartWith(ProcessorConfig changed) {
        under.close();
        under = new ProcessorUnderTest(changed).start();
    }
}
