package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The requests in SD Elements' documentation, as its clients send them. */
class DocumentedRequestsIT {

    private static final String SESSIONS = "/api/v2/projects/1/analysis-sessions/";
    private static final String[] FIELDS = {
        "id", "analysis_ref", "analysis_type", "extra", "created", "updated", "updater"
    };
    private static final ObjectMapper JSON = JsonMapper.shared();

    @TempDir
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static Standalone standalone;

    @BeforeAll
    static void start() {
        standalone = Standalone.start(data);
    }

    @AfterAll
    static void stop() {
        standalone.close();
    }

    @Test
    void createsASessionAndReadsItBack() throws IOException, InterruptedException {
        HttpResponse<String> created = standalone.post(
                SESSIONS, "{\"analysis_ref\": \"zero.webappsecurity.com\", \"analysis_type\": \"webinspect\"}");

        JsonNode session = JSON.readTree(created.body());
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(session.propertyNames()).containsExactly(FIELDS);
        assertThat(session.path("analysis_ref").stringValue()).isEqualTo("zero.webappsecurity.com");
        assertThat(session.path("created").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(created.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location)
                        .isEqualTo(standalone.address() + SESSIONS
                                + session.path("id").longValue() + "/"));
        HttpResponse<String> read = standalone.get(SESSIONS + session.path("id").longValue() + "/");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(read.body())).isEqualTo(session);
    }

    @Test
    void createsASessionWithEmbeddedNotesAndListsItFirst() throws IOException, InterruptedException {
        HttpResponse<String> created = standalone.post(SESSIONS, """
                {"analysis_ref": "zero.webappsecurity.com", "analysis_type": "webinspect", "extra": {"build": 7, "tags": ["a", null, 1.50]},
                 "notes": [{"task": "1-T6", "behaviour": "replace", "confidence": "high", "findings": {}, "finding_ref": "my_ref",
                            "status": "pass"}]}""");

        JsonNode session = JSON.readTree(created.body());
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(session.propertyNames()).containsExactly(FIELDS);
        standalone.get(SESSIONS + session.path("id").longValue() + "/");
        HttpResponse<String> list = standalone.get(SESSIONS);
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(list.body()).path("results").get(0)).isEqualTo(session);
    }

    @Test
    void tellsEveryErrorOfABodyAtOnce() throws IOException, InterruptedException {
        HttpResponse<String> refused = standalone.post(SESSIONS, "{\"analysis_type\": \"x\", \"notes\": [{}]}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).propertyNames())
                .containsExactlyInAnyOrder("analysis_ref", "analysis_type", "notes");
    }

    @Test
    void knowsNothingOfAnIdThatNobodyWasGiven() throws IOException, InterruptedException {
        HttpResponse<String> missing = standalone.get(SESSIONS + "999999999/");

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("{\"detail\":\"Not found.\"}");
    }

    @Test
    void showsHealthAndMetricsWithoutAToken() throws IOException, InterruptedException {
        assertThat(standalone.get("/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(standalone.get("/observe/health/ready").statusCode()).isEqualTo(200);
        assertThat(standalone.get("/observe/metrics").body()).contains("jvm_memory_used_bytes");
    }
}
