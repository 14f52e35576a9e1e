package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.UtcTime;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostNoteIT {

    private static final String NOTES = "/api/v2/projects/7/tasks/7-T6/analysis-notes/";
    private static final String NOTE =
            "{\"behaviour\":\"combine\",\"confidence\":\"low\",\"findings\":[],\"status\":\"fail\"}";
    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"fortify\"}";

    @AutoClose
    private final IngestUnderTest under = IngestUnderTest.of(PostNoteIT.class);

    @ParameterizedTest
    @ValueSource(strings = {"7-T6", "T6"})
    void answersWithTheNoteOnceItsRecordIsInTheLog(String task) throws Exception {
        String body = """
                {"task": "9-T9", "behaviour": "replace", "confidence": "high", "unknown": 1, "automatic": true,
                 "findings": {"a" : [1, 2.50]}, "finding_ref": "my \\"ref\\"", "status": "pass", "analysis_session": null}
                """;

        HttpResponse<String> response =
                post("/api/v2/projects/7/tasks/" + task + "/analysis-notes/", body, "Idempotency-Key", "n " + task);

        assertThat(response.statusCode()).isEqualTo(201);
        NoteId id = NoteId.of(id(response));
        assertThat(id.index()).isZero();
        ConsumerRecord<byte[], byte[]> record = under.log().at(id.submission());
        String time = UtcTime.format(Instant.ofEpochMilli(record.timestamp()));
        assertThat(response.body())
                .isEqualTo("{\"id\":" + id.value() + ",\"analysis_session\":null,"
                        + "\"analysis_type\":{\"slug\":\"manual\",\"name\":\"Manual Verification\"},"
                        + "\"behaviour\":\"replace\",\"confidence\":\"high\",\"created\":\"" + time + "\","
                        + "\"findings\":{\"a\" : [1, 2.50]},\"finding_ref\":\"my \\\"ref\\\"\",\"status\":\"pass\","
                        + "\"automatic\":true,\"updated\":\"" + time + "\",\"updater\":{\"id\":599,"
                        + "\"email\":\"user@example.com\",\"first_name\":\"Bob\",\"last_name\":\"Smith\"}}");
        assertThat(response.headers().firstValue("Location"))
                .contains(under.server().uri(NOTES) + "" + id.value() + "/");
        assertThat(new String(record.value(), UTF_8)).isEqualTo(body);
        assertThat(new String(record.key(), UTF_8)).isEqualTo("7");
        assertThat(LogUnderTest.headers(record))
                .containsEntry("ce_type", "analysis-note.create")
                .containsEntry("ce_source", NOTES)
                .containsEntry("task", "T6")
                .containsEntry("idempotency-key", "n " + task);
    }

    @Test
    void answersNullForNoFindingRefAndFalseForNoAutomatic() throws Exception {
        HttpResponse<String> response = post(NOTES, NOTE);

        assertThat(response.body()).contains("\"findings\":[],\"finding_ref\":null,", "\"automatic\":false,");
    }

    @Test
    void answersEveryErrorOfABody() throws Exception {
        HttpResponse<String> response = post(NOTES, "{\"confidence\":\"low\",\"findings\":1,\"status\":\"x\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(response.body()).propertyNames())
                .containsExactlyInAnyOrder("behaviour", "findings", "status");
    }

    @Test
    void answersTheTypeOfTheSessionThatTheNoteNames() throws Exception {
        long overHttp = id(under.post(SESSION));
        long overTheTopic = under.log().produce(7, SESSION, "ce_type", "analysis-session.create");

        for (long session : new long[] {overHttp, overTheTopic, overHttp}) {
            HttpResponse<String> response = post(NOTES, naming(session));
            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.body())
                    .contains("\"analysis_session\":" + session
                            + ",\"analysis_type\":{\"slug\":\"fortify\",\"name\":\"Fortify\"},");
        }
    }

    @Test
    void refusesASessionThatTheProjectDoesNotHave() throws Exception {
        long lastSession = id(under.post(SESSION));
        long ofAnotherProject = under.log().produce(8, SESSION, "ce_type", "analysis-session.create");
        long note = NoteId.of(id(post(NOTES, NOTE))).submission();
        long invalid = under.log().produce(7, "{}", "ce_type", "analysis-session.create");
        long withoutType = under.log().produce(7, SESSION);
        long withBadUser = under.log().produce(7, SESSION, "ce_type", "analysis-session.create", "user", "bob");
        long beyondTheEnd = lastSession + (1L << 40);

        for (long session : new long[] {
            ofAnotherProject,
            ofAnotherProject,
            note,
            invalid,
            withoutType,
            withBadUser,
            beyondTheEnd,
            334,
            255,
            0,
            -5,
            Long.MAX_VALUE
        }) {
            HttpResponse<String> response = post(NOTES, naming(session));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body())
                    .isEqualTo(
                            "{\"analysis_session\":[\"Invalid pk \\\"" + session + "\\\" - object does not exist.\"]}");
        }
    }

    @Test
    void refusesASessionOfAnotherProjectThatANoteOfThatProjectHasNamed() throws Exception {
        TokenText writerOfAll = under.log().token(Role.WRITER, new Projects.All());
        long session = under.log().produce(8, SESSION, "ce_type", "analysis-session.create");
        String theirs = "/api/v2/projects/8/tasks/8-T6/analysis-notes/";
        await().until(() -> under.server()
                        .post(theirs, writerOfAll, BodyPublishers.ofString(naming(session)))
                        .statusCode()
                == 201);

        assertThat(post(NOTES, naming(session)).statusCode()).isEqualTo(400);
    }

    @Test
    void leavesASessionThatTheLogNoLongerHoldsToTheProcessor() throws Exception {
        try (IngestUnderTest own = IngestUnderTest.of(PostNoteIT.class)) {
            long session = id(own.post(SESSION));
            own.post(SESSION);
            deleteThrough(own.log(), SubmissionId.of(session));

            HttpResponse<String> response = own.postTo(NOTES, naming(session));

            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.body()).contains("\"analysis_session\":" + session + ",\"analysis_type\":null,");
        }
    }

    @Test
    void leavesASessionThatALaterVersionAcceptedToTheProcessor() throws Exception {
        String ofNewType = SESSION.replace("fortify", "checkmarx");
        long session = under.log().produce(7, ofNewType, "ce_type", "analysis-session.create", "request-id", "r1");

        HttpResponse<String> response = post(NOTES, naming(session));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).contains("\"analysis_session\":" + session + ",\"analysis_type\":null,");
    }

    private static void deleteThrough(LogUnderTest log, SubmissionId id) throws Exception {
        try (Admin admin = Admin.create(log.kafka())) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(log.topics().submissions(), id.partition()),
                            RecordsToDelete.beforeOffset(id.position() + 1)))
                    .all()
                    .get();
        }
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return under.postTo(path, body, headers);
    }

    private static String naming(long session) {
        return NOTE.replace("{", "{\"analysis_session\":" + session + ",");
    }

    private static long id(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body()).path("id").asLong();
    }
}
