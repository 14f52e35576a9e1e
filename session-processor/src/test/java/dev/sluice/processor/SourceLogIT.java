package dev.sluice.processor;

import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Updates;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SourceLog;
import dev.sluice.contract.topic.SourceLogJson;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.service.kafka.TopicInspection;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.TestKafka;
import dev.sluice.test.process.InstalledTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
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
    private ProcessorUnderTest processor = new ProcessorUnderTest(config);

    @AfterEach
    void stop() {
        processor.close();
    }

    @ConcurrentTest
    void refusesAChangedNumberOfPartitionsAlsoWhileItRuns() throws Exception {
        processor.start().awaitProgress(processor.submit(PROJECT, ProcessorUnderTest.body("before")));

        topic.increaseTo(3);

        assertThat(processor.awaitRefusal()).contains("has 3 partitions, but had 2", "SLUICE_IDS_BASE to ");
        assertThat(processor.notReady())
                .anySatisfy(state -> assertThat(state.detail()).contains("3 partitions"));
        restartWith(config.withLog(config.log().withIds(new IdBase(512))));
        assertThat(processor.awaitRefusal()).contains("SLUICE_IDS_BASE is 512", "set it back to 0");
    }

    @ConcurrentTest
    void refusesALogThatWasMadeAnewAndIsLongerByNow() throws Exception {
        long kept = processor.submit(PROJECT, ProcessorUnderTest.body("kept"));
        processor.start().awaitProgress(kept);
        SourceLog former = awaitTold(topicId(), 2, IdBase.NONE);
        processor.stop();
        topic.makeAnew(2);
        for (int i = 0; i < 3; i++) {
            processor.submit(PROJECT, ProcessorUnderTest.body("anew-" + i));
        }

        processor.start();

        assertThat(processor.awaitRefusal())
                .contains("is not the one", "SLUICE_IDS_BASE to ", "SLUICE_LOG_MOVED_TO to ");
        assertThat(told()).isEqualTo(former);
        assertThat(processor.get(PROJECT, kept).status()).isEqualTo(200);
        assertThat(processor.collection("submissions").countDocuments()).isEqualTo(1);
    }

    @ConcurrentTest
    void tellsWhichLogItFillsTheStoreFromWhateverIsToldElse() throws Exception {
        processor.start();
        String topicId = topicId();
        awaitTold(topicId, 2, IdBase.NONE);

        installed().putSourceLog("?".getBytes(StandardCharsets.UTF_8));
        awaitTold(topicId, 2, IdBase.NONE);

        installed().putSourceLog(SourceLogJson.write(new SourceLog("another", 2, new IdBase(512))));
        awaitTold(topicId, 2, IdBase.NONE);
    }

    @ConcurrentTest
    void makesTheTopicThatItTellsInAgainWhileItRuns() throws Exception {
        processor.startAndAwaitReady();
        String topicId = topicId();
        awaitTold(topicId, 2, IdBase.NONE);

        try (Admin admin = Admin.create(config.kafka())) {
            String former = installation(admin).orElseThrow().id();
            admin.deleteTopics(List.of(topics.installation())).all().get();
            // A broker may know the former one for a while.
            await().untilAsserted(() -> assertThat(installation(admin))
                    .hasValueSatisfying(made -> assertThat(made.id()).isNotEqualTo(former)));
            assertThat(installation(admin).orElseThrow().configuration()).containsEntry("cleanup.policy", "compact");
        }
        awaitTold(topicId, 2, IdBase.NONE);
        assertThat(processor.notReady()).isEmpty();
    }

    @ConcurrentTest
    void tellsWhichLogItWasFilledFromIfKafkaWasSetUpAnewAndLeavesWhatOthersTellAlone() throws Exception {
        processor.start();
        SourceLog former = awaitTold(topicId(), 2, IdBase.NONE);
        processor.stop();
        topic.makeAnew(2);
        try (Admin admin = Admin.create(config.kafka())) {
            admin.deleteTopics(List.of(topics.installation())).all().get();
        }

        processor.start();

        assertThat(processor.awaitRefusal()).contains("is not the one");
        awaitTold(former.topic(), 2, IdBase.NONE);
        SourceLog others = new SourceLog(topicId(), 2, new IdBase(512));
        installed().putSourceLog(SourceLogJson.write(others));
        // It tries again every three seconds.
        await().pollDelay(Duration.ofSeconds(4))
                .untilAsserted(() -> assertThat(told()).isEqualTo(others));
    }

    @ConcurrentTest
    void makesATopicWhereTheStoreHadOneOnlyIfToldToBeginANewLog() throws Exception {
        processor.start().awaitProgress(processor.submit(PROJECT, ProcessorUnderTest.body("before")));
        processor.stop();
        topic.delete();

        processor.start();

        String refusal = processor.awaitRefusal();
        assertThat(refusal).contains("there is no topic " + topics.submissions());
        long base = Long.parseLong(refusal.replaceFirst("(?s).*SLUICE_IDS_BASE to (\\d+).*", "$1"));
        restartWith(config.withLog(config.log().withIds(new IdBase(base))));
        processor.awaitProgress(processor.submit(PROJECT, ProcessorUnderTest.body("in a new log")));
    }

    @ConcurrentTest
    void takesALogThatIsSaidToBeTheSame() throws Exception {
        long ahead = processor.submit(PROJECT, ProcessorUnderTest.body("ahead"));
        long once = processor.submit(PROJECT, ProcessorUnderTest.body("once"));
        processor.start().awaitProgress(once);
        processor.stop();
        // As if its leader's clock had been ahead.
        processor
                .collection("submissions")
                .updateOne(
                        new Document("_id", ahead),
                        Updates.set(
                                "received", Date.from(processor.received(once).plusSeconds(1))));
        topic.delete();
        String topicId = topic.create(2, "message.timestamp.type", "CreateTime");
        processor.copy(processor.received(ahead), PROJECT, ProcessorUnderTest.body("ahead"));
        processor.copy(processor.received(once), PROJECT, ProcessorUnderTest.body("once"));
        topic.set("message.timestamp.type", "LogAppendTime");
        // The leaders of the other cluster had different epochs.
        processor
                .collection("progress")
                .updateMany(new Document(), new Document("$set", new Document("leader_epoch", 99)));

        restartWith(config.withLog(config.log().withMovedTo(topicId)));

        processor.awaitProgress(processor.submit(PROJECT, ProcessorUnderTest.body("next")));
        assertThat(processor.collection("submissions").countDocuments()).isEqualTo(3);
        assertThat(processor.audit().flaws()).isEmpty();
    }

    @ConcurrentTest
    void goesOnWithALogThatWasMadeAnewAboveItsBase() throws Exception {
        long former = session("former", "fail");
        processor.start().awaitProgress(former);
        processor.stop();
        topic.makeAnew(2);
        IdBase base = IdBase.ofFirstPosition(1L << 20);
        restartWith(config.withLog(config.log().withIds(base)));

        awaitTold(topicId(), 2, base);
        long session = session("anew", "pass");
        long note = note(former);
        long bad =
                processor.send(ProjectKey.of(PROJECT), "not JSON".getBytes(StandardCharsets.UTF_8), headers("session"));
        long last = session("last", "pass");
        processor.awaitProgress(last);

        assertThat(session).isGreaterThanOrEqualTo(base.value() + 256).isGreaterThan(former);
        assertThat(List.of(processor.kind(session), processor.kind(note), processor.kind(bad)))
                .containsExactly("session", "note", "dead-letter");
        assertThat(processor.walk(LIST + "?page_size=1", "next")).containsExactly(last, session, former);
        String created = processor.readJson(LIST + session + "/").get("created").stringValue();
        assertThat(ids(processor.readJson(LIST + "?created_after=" + created))).containsExactly(last, session);
        assertThat(processor.readJson(LIST + former + "/").get("analysis_ref").stringValue())
                .isEqualTo("former");
        JsonNode task = processor.readJson("/api/v2/projects/5/tasks/5-T6/");
        assertThat(task.get("verification_status").stringValue()).isEqualTo("pass");
        assertThat(processor.tasksWith(5, "T6").getInt64("position").getValue()).isEqualTo(last);
        assertThat(processor.get(PROJECT, former + 256).status()).isEqualTo(404);
        assertThat(processor.get(PROJECT, base.value() - 256 + session % 256).status())
                .isEqualTo(404);
        SubmissionId place = SubmissionId.of(bad);
        assertThat(processor.records(topics.deadLetters()))
                .singleElement()
                .satisfies(letter -> assertThat(SubmissionHeaders.text(letter.headers(), "sluice-dead-letter-offset"))
                        .hasValue(Long.toString(base.offset(place.position()))));
        assertThat(processor.records(topics.outcomes()).stream()
                        .map(outcome -> SubmissionHeaders.text(outcome.headers(), "ce_id")))
                .doesNotHaveDuplicates()
                .contains(Optional.of(place.partition() + "-" + place.position()));
    }

    private long session(String ref, String status) {
        return processor.submit(
                PROJECT,
                "{\"analysis_ref\":\"" + ref + "\",\"analysis_type\":\"fortify\",\"notes\":[{\"task\":\"5-T6\","
                        + NOTE.replace("pass", status) + "]}");
    }

    private long note(long session) {
        return processor.send(
                ProjectKey.of(PROJECT),
                ("{\"analysis_session\":" + session + "," + NOTE).getBytes(StandardCharsets.UTF_8),
                headers("note"));
    }

    private static org.apache.kafka.common.header.Headers headers(String kind) {
        return kind.equals("note")
                ? SubmissionHeaders.ofNote("e", "test", "T6", ProcessorUnderTest.USER, null, null)
                : ProcessorUnderTest.sessionHeaders();
    }

    private SourceLog awaitTold(String topicId, int partitions, IdBase ids) {
        SourceLog expected = new SourceLog(topicId, partitions, ids);
        await().ignoreExceptions().untilAsserted(() -> assertThat(told()).isEqualTo(expected));
        return expected;
    }

    /** What ingest-api is told. */
    private SourceLog told() {
        return SourceLogJson.read(
                installed().records(topics.installation()).getLast().value());
    }

    private Optional<TopicFacts> installation(Admin admin) {
        return TopicInspection.at(admin, topics.installation(), PATIENCE);
    }

    private String topicId() {
        return installed().submissionsId();
    }

    private InstalledTopics installed() {
        return new InstalledTopics(config.kafka(), topics);
    }

    private static List<Long> ids(JsonNode list) {
        return list.get("results")
                .valueStream()
                .map(item -> item.get("id").longValue())
                .toList();
    }

    private void restartWith(ProcessorConfig changed) {
        processor.close();
        processor = new ProcessorUnderTest(changed).start();
    }
}
