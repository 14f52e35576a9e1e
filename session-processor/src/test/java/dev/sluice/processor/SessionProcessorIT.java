package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.api.Answer;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionProcessorIT {

    private final TopicNames topics = TestKafka.freshTopics(SessionProcessorIT.class);
    private final AtomicLong projects = new AtomicLong(1);
    private final ProcessorUnderTest under = new ProcessorUnderTest(
            ProcessorConfig.of(TestKafka.properties(), TestMongo.freshDatabase(SessionProcessorIT.class))
                    .withTopics(topics)
                    .withPartitions(3));

    @BeforeAll
    void start() {
        under.startAndAwaitReady();
    }

    @AfterAll
    void stop() {
        under.close();
    }

    @Test
    void answersASessionThatWasJustWritten() {
        long project = projects.incrementAndGet();
        long id = under.submit(project, ProcessorUnderTest.body("just written"));

        Answer answer = under.get(project, id);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode session = ProcessorUnderTest.json(answer.body());
        assertThat(session.propertyNames())
                .containsExactly("id", "analysis_ref", "analysis_type", "extra", "created", "updated", "updater");
        assertThat(session.get("id").longValue()).isEqualTo(id);
        assertThat(session.get("analysis_ref").stringValue()).isEqualTo("just written");
        assertThat(session.get("analysis_type").stringValue()).isEqualTo("fortify");
        assertThat(session.get("extra").get("n").doubleValue()).isEqualTo(1.5);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"$ref\":[1E+400]");
        assertThat(session.get("created").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(session.get("updated")).isEqualTo(session.get("created"));
        assertThat(session.get("updater").longValue()).isEqualTo(7);
    }

    @Test
    void hidesASessionFromOtherProjects() {
        long project = projects.incrementAndGet();
        long id = under.submit(project, ProcessorUnderTest.body("mine"));
        under.awaitStored(id);

        assertThat(under.get(project + 1_000, id).status()).isEqualTo(404);
    }

    @Test
    void answersAtOnceThatThereIsNoSuchSession() {
        long far = new SubmissionId(0, 1_000_000).value();
        long noPartition = new SubmissionId(200, 0).value();
        long begin = System.nanoTime();

        assertThat(under.get(1, far).status()).isEqualTo(404);
        assertThat(under.get(1, noPartition).status()).isEqualTo(404);
        assertThat(under.get(1, 3).status()).isEqualTo(404);
        assertThat(System.nanoTime() - begin).isLessThan(4_000_000_000L);
    }

    @Test
    void keepsARejectedSessionWithEveryError() {
        long project = projects.incrementAndGet();
        long id = under.submit(project, "{\"analysis_type\":\"x\",\"notes\":[{}]}");
        under.awaitProgress(id);

        assertThat(under.get(project, id).status()).isEqualTo(404);
        BsonDocument document = under.stored(id);
        assertThat(document).isNotNull();
        assertThat(document.getString("kind").getValue()).isEqualTo("rejected");
        assertThat(document.getInt64("project").getValue()).isEqualTo(project);
        assertThat(document.getDocument("errors").getArray("analysis_type").getFirst())
                .hasToString("BsonString{value='\"x\" is not a valid choice.'}");
        assertThat(document.getDocument("errors").getArray("notes")).hasSize(1);
        JsonNode outcome = outcome(id);
        assertThat(outcome.get("state").stringValue()).isEqualTo("rejected");
        assertThat(outcome.get("errors").get("analysis_ref").get(0).stringValue())
                .isEqualTo("This field is required.");
    }

    @Test
    void tellsWhatBecameOfASession() {
        long project = projects.incrementAndGet();
        long id = under.submit(project, ProcessorUnderTest.body("told"));
        under.awaitProgress(id);

        JsonNode outcome = outcome(id);

        assertThat(outcome.get("id").longValue()).isEqualTo(id);
        assertThat(outcome.get("session").longValue()).isEqualTo(id);
        assertThat(outcome.get("project").longValue()).isEqualTo(project);
        assertThat(outcome.get("state").stringValue()).isEqualTo("stored");
        assertThat(outcome.get("analysis_type").stringValue()).isEqualTo("fortify");
        assertThat(outcome.get("analysis_ref").stringValue()).isEqualTo("told");
        ConsumerRecord<byte[], byte[]> record = outcomeRecord(id);
        assertThat(record.key()).isEqualTo(ProjectKey.of(project));
        SubmissionId place = SubmissionId.of(id);
        assertThat(SubmissionHeaders.text(record.headers(), "ce_id"))
                .hasValue(place.partition() + "-" + place.position());
        assertThat(SubmissionHeaders.text(record.headers(), "ce_type")).hasValue("analysis-submission.stored");
    }

    @Test
    void tellsWhichTasksAreVerifiedDifferentlyNow() {
        long project = projects.incrementAndGet();
        under.submit(project, sessionOf(project, "T1 fail", "T2 pass"));
        long id = under.submit(project, sessionOf(project, "T3 none", "T2 pass", "T1 pass", "T4 partial"));
        under.awaitProgress(id);

        JsonNode outcome = outcome(id);

        assertThat(outcome.get("verifications"))
                .hasToString(("[{'task':'P-T3','from':null,'to':'none'},{'task':'P-T1','from':'fail','to':'pass'},"
                                + "{'task':'P-T4','from':null,'to':'partial'}]")
                        .replace('\'', '"')
                        .replace("P", Long.toString(project)));
        assertThat(outcome.get("verifications_total").intValue()).isEqualTo(3);
        assertThat(outcome.get("notes")).hasToString("{\"none\":1,\"partial\":1,\"pass\":2,\"fail\":0}");
        assertThat(outcome.get("updater").longValue()).isEqualTo(7);
    }

    @Test
    void listsNoMoreThanFiveHundredTasksAndSaysHowManyThereAre() {
        long project = projects.incrementAndGet();
        String[] notes =
                IntStream.range(0, 777).mapToObj(i -> "T" + i + " fail").toArray(String[]::new);
        long id = under.submit(project, sessionOf(project, notes));
        under.awaitProgress(id);

        JsonNode outcome = outcome(id);

        assertThat(outcome.get("verifications")).hasSize(500);
        assertThat(outcome.at("/verifications/499/task").stringValue()).isEqualTo(project + "-T499");
        assertThat(outcome.get("verifications_total").intValue()).isEqualTo(777);
        assertThat(outcome.at("/notes/fail").intValue()).isEqualTo(777);
    }

    @Test
    void putsWhatIsNoSubmissionAsideAsItWas() {
        byte[] value = {'{', (byte) 0xFF, 0};
        Headers headers = ProcessorUnderTest.sessionHeaders();
        headers.add("x-own", new byte[] {1, 2});
        long id = under.send(ProjectKey.of(77), value, headers);
        under.awaitProgress(id);

        assertThat(under.kind(id)).isEqualTo("dead-letter");
        ConsumerRecord<byte[], byte[]> letter = deadLetter(id);
        assertThat(letter.key()).isEqualTo(ProjectKey.of(77));
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.headers().lastHeader("x-own").value()).containsExactly(1, 2);
        assertThat(SubmissionHeaders.text(letter.headers(), "sluice-dead-letter-reason"))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("JSON parse error - Invalid UTF-8"));
        assertThat(SubmissionHeaders.text(letter.headers(), "sluice-dead-letter-topic"))
                .hasValue(topics.submissions());
    }

    @Test
    void putsRecordsWithoutAKeyAValueOrATypeAside() {
        byte[] good = ProcessorUnderTest.body("x").getBytes(StandardCharsets.UTF_8);
        Headers unknown = new RecordHeaders().add("ce_type", "other".getBytes(StandardCharsets.UTF_8));
        Headers note = new RecordHeaders().add("ce_type", "analysis-note.create".getBytes(StandardCharsets.UTF_8));

        List<Long> ids = List.of(
                under.send(null, good, ProcessorUnderTest.sessionHeaders()),
                under.send("x".getBytes(StandardCharsets.UTF_8), good, ProcessorUnderTest.sessionHeaders()),
                under.send(ProjectKey.of(5), null, ProcessorUnderTest.sessionHeaders()),
                under.send(ProjectKey.of(5), good, new RecordHeaders()),
                under.send(ProjectKey.of(5), good, unknown),
                under.send(ProjectKey.of(5), good, note));

        ids.forEach(under::awaitProgress);
        assertThat(ids).allSatisfy(id -> assertThat(under.kind(id)).isEqualTo("dead-letter"));
        assertThat(SubmissionHeaders.text(deadLetter(ids.getLast()).headers(), "sluice-dead-letter-reason"))
                .hasValue("The record has no header task: expected a task's id without its project, as in T6.");
    }

    @Test
    void storesWhatIsAroundABadRecordWhereverItStands() {
        long project = projects.incrementAndGet();
        int size = 4;
        List<Long> ids = new ArrayList<>();
        for (int bad = 0; bad < size; bad++) {
            for (int i = 0; i < size; i++) {
                ids.add(under.submit(project, i == bad ? "not JSON" : ProcessorUnderTest.body(bad + "-" + i)));
            }
        }

        ids.forEach(under::awaitProgress);
        for (int i = 0; i < ids.size(); i++) {
            assertThat(under.kind(ids.get(i))).isEqualTo(i / size == i % size ? "dead-letter" : "session");
        }
    }

    @Test
    void leadsThroughAllPagesAndBack() {
        long project = projects.incrementAndGet();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(under.submit(project, ProcessorUnderTest.body("page-" + i)));
        }
        under.awaitProgress(ids.getLast());

        List<Long> forth = new ArrayList<>();
        JsonNode page = page(FakeRequest.list(project, "page_size=3&x=a%20b"));
        assertThat(page.get("count").intValue()).isEqualTo(7);
        assertThat(page.get("previous").isNull()).isTrue();
        forth.addAll(ids(page));
        while (page.get("next").isString()) {
            assertThat(page.get("next").stringValue())
                    .startsWith("http://sluice.test:8080/api/v2/projects/" + project
                            + "/analysis-sessions/?x=a%20b&page_size=3&before=");
            page = page(FakeRequest.link(project, page.get("next").stringValue()));
            forth.addAll(ids(page));
        }
        List<Long> back = new ArrayList<>(ids(page).reversed());
        while (page.get("previous").isString()) {
            page = page(FakeRequest.link(project, page.get("previous").stringValue()));
            back.addAll(ids(page).reversed());
        }

        assertThat(forth).isEqualTo(ids.reversed());
        assertThat(back).isEqualTo(ids);
        assertThat(ids(page(FakeRequest.list(project, "page_size=3&page=2"))))
                .isEqualTo(ids.reversed().subList(3, 6));
        JsonNode all = page(FakeRequest.list(project, ""));
        assertThat(all.propertyNames()).containsExactly("results");
        assertThat(ids(all)).isEqualTo(ids.reversed());
    }

    @Test
    void refusesPagesThatCannotBe() {
        assertThat(under.list(FakeRequest.list(1, "page_size=1001")).body())
                .asString()
                .isEqualTo("{\"page_size\":[\"Ensure this value is less than or equal to 1000.\"]}");
        assertThat(under.list(FakeRequest.list(1, "page_size=0")).status()).isEqualTo(400);
        assertThat(under.list(FakeRequest.list(1, "page_size=x")).status()).isEqualTo(400);
        assertThat(under.list(FakeRequest.list(1, "before=x")).status()).isEqualTo(400);
        long empty = projects.incrementAndGet() + 10_000;
        assertThat(ids(page(FakeRequest.list(empty, "page_size=5")))).isEmpty();
        assertThat(under.list(FakeRequest.list(empty, "page=2")).body())
                .asString()
                .isEqualTo("{\"detail\":\"Invalid page.\"}");
    }

    @Test
    void isReady() {
        await().atMost(ProcessorUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(under.notReady()).isEmpty());
    }

    /** Of notes like {@code T6 pass}, each in the place of what the same scanner said before. */
    private static String sessionOf(long project, String... notes) {
        return Stream.of(notes)
                .map(note -> "{\"task\":\"" + project + "-" + note.split(" ", 2)[0]
                        + "\",\"behaviour\":\"replace-scanner\",\"confidence\":\"low\",\"findings\":{},\"status\":\""
                        + note.split(" ", 2)[1] + "\"}")
                .collect(Collectors.joining(
                        ",", "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\",\"notes\":[", "]}"));
    }

    private JsonNode page(FakeRequest request) {
        Answer answer = under.list(request);
        assertThat(answer.status()).isEqualTo(200);
        return ProcessorUnderTest.json(answer.body());
    }

    private static List<Long> ids(JsonNode page) {
        List<Long> ids = new ArrayList<>();
        page.get("results").forEach(session -> ids.add(session.get("id").longValue()));
        return ids;
    }

    private JsonNode outcome(long id) {
        return ProcessorUnderTest.json(outcomeRecord(id).value());
    }

    private ConsumerRecord<byte[], byte[]> outcomeRecord(long id) {
        return under.records(topics.outcomes()).stream()
                .filter(record ->
                        ProcessorUnderTest.json(record.value()).get("id").longValue() == id)
                .findFirst()
                .orElseThrow();
    }

    private ConsumerRecord<byte[], byte[]> deadLetter(long id) {
        SubmissionId place = SubmissionId.of(id);
        return under.records(topics.deadLetters()).stream()
                .filter(record -> SubmissionHeaders.text(record.headers(), "sluice-dead-letter-partition")
                                .equals(java.util.Optional.of(Integer.toString(place.partition())))
                        && SubmissionHeaders.text(record.headers(), "sluice-dead-letter-offset")
                                .equals(java.util.Optional.of(Long.toString(place.position()))))
                .findFirst()
                .orElseThrow();
    }
}
