package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.access.UserJson;
import dev.sluice.test.TestTokens;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostSessionIT {

    private static final String SESSION =
            "{\"analysis_ref\": \"zero.webappsecurity.com\", \"analysis_type\": \"webinspect\"}";
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    @AutoClose
    private final IngestUnderTest under = IngestUnderTest.of(PostSessionIT.class);

    private final TokenText reader = under.token(Role.READER);

    @Test
    void answersWithTheSessionOnceItsRecordIsInTheLog() throws Exception {
        String body = """
                {"analysis_ref": "a \\"quoted\\" \\u00e9", "unknown": 1, "extra": {"b" : [1, 2.50]},
                 "analysis_type": "fortify", "notes": [{"task": "7-T6", "behaviour": "replace", "confidence": "high",
                 "findings": {}, "finding_ref": "my_ref", "status": "pass"}]}
                """;
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        HttpResponse<String> response = under.post(body, "Idempotency-Key", "scan 1", "traceparent", trace);

        assertThat(response.statusCode()).isEqualTo(201);
        JsonNode session = JsonMapper.shared().readTree(response.body());
        long id = session.path("id").asLong();
        ConsumerRecord<byte[], byte[]> record = under.log().at(id);
        String time = MICROSECONDS.format(Instant.ofEpochMilli(record.timestamp()));
        assertThat(response.body())
                .isEqualTo("{\"id\":" + id + ",\"analysis_ref\":\"a \\\"quoted\\\" é\",\"analysis_type\":\"fortify\","
                        + "\"extra\":{\"b\" : [1, 2.50]},\"created\":\"" + time + "\",\"updated\":\"" + time
                        + "\",\"updater\":599}");
        assertThat(response.headers().firstValue("Location"))
                .contains(under.server().uri(RunningIngest.SESSIONS) + Long.toString(id) + "/");
        assertThat(new String(record.value(), UTF_8)).isEqualTo(body);
        assertThat(new String(record.key(), UTF_8)).isEqualTo("7");
        assertThat(LogUnderTest.headers(record))
                .containsEntry("ce_type", "analysis-session.create")
                .containsEntry("ce_source", RunningIngest.SESSIONS)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("content-type", "application/json")
                .containsEntry("user", new String(UserJson.write(TestTokens.USER), UTF_8))
                .containsEntry("idempotency-key", "scan 1")
                .containsEntry("traceparent", trace)
                .containsEntry(
                        "request-id",
                        response.headers().firstValue("X-Request-Id").orElseThrow())
                .containsKey("ce_id")
                .hasSize(9);
    }

    @Test
    void answersAnEmptyExtraForNone() throws Exception {
        HttpResponse<String> response = under.post(SESSION);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).contains("\"extra\":{},");
        long id = JsonMapper.shared().readTree(response.body()).path("id").asLong();
        assertThat(LogUnderTest.headers(under.log().at(id))).doesNotContainKeys("idempotency-key", "traceparent");
    }

    @Test
    void answersEveryErrorOfABody() throws Exception {
        HttpResponse<String> response = under.post("{\"analysis_ref\":null,\"analysis_type\":\"x\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"analysis_ref\":[\"This field may not be null.\"],"
                        + "\"analysis_type\":[\"\\\"x\\\" is not a valid choice.\"]}");
    }

    @Test
    void answersErrorsOfNotesInTheirPlaces() throws Exception {
        String good =
                "{\"task\":\"7-T6\",\"behaviour\":\"replace\",\"confidence\":\"high\",\"findings\":{},\"status\":\"pass\"}";
        String bad = good.replace("\"task\":\"7-T6\",", "");

        HttpResponse<String> response = under.post("{\"analysis_ref\":\"a\",\"analysis_type\":\"veracode\",\"notes\":["
                + good + "," + bad + "," + good + "]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"notes\":[{},{\"task\":[\"This field is required.\"]},{}]}");
    }

    @Test
    void takesASessionAtThePathOfFeedsToo() throws Exception {
        String feeds = RunningIngest.SESSIONS.replaceFirst("/$", "");

        assertThat(under.postTo(feeds, SESSION).statusCode()).isEqualTo(201);
        HttpResponse<String> bad = under.postTo(feeds, "{\"analysis_ref\":\"a\"}");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).isEqualTo("{\"analysis_type\":[\"This field is required.\"]}");
    }

    @Test
    void answersWhereABodyStopsBeingJson() throws Exception {
        HttpResponse<String> response = under.post("{\"analysis_ref\": nope}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"detail\":\"JSON parse error - ")
                .contains(" at line 1 column ");
    }

    @Test
    void refusesABodyOverTheLimitHoweverItIsSent() throws Exception {
        byte[] tooLong = " ".repeat(8 * 1024 * 1024 + 1).getBytes(UTF_8);

        assertThat(under.post(BodyPublishers.ofByteArray(tooLong)).statusCode()).isEqualTo(413);
        assertThat(under.post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLong)))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void takesABodyOfJustTheLimit() throws Exception {
        String body = SESSION + " ".repeat(8 * 1024 * 1024 - SESSION.length());

        HttpResponse<String> response = under.post(body);

        assertThat(response.statusCode()).isEqualTo(201);
    }

    @Test
    void refusesADocumentThatWouldNotFitTheStore() throws Exception {
        String body =
                SESSION.substring(0, SESSION.length() - 1) + ",\"extra\":{\"a\":[" + "1,".repeat(3_500_000) + "1]}}";

        HttpResponse<String> response = under.post(body);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).startsWith("{\"detail\":\"The submission would take ");
    }

    @Test
    void refusesAnIdempotencyKeyThatIsNoneAndDropsATraceThatIsNone() throws Exception {
        assertThat(under.post(SESSION, "Idempotency-Key", "k".repeat(256)).statusCode())
                .isEqualTo(400);
        assertThat(under.post(SESSION, "Idempotency-Key", "k".repeat(255), "traceparent", "x")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void refusesAReader() throws Exception {
        assertThat(under.server().post(reader, SESSION).statusCode()).isEqualTo(403);
    }

    /** Once of three is enough, because the machine may be busy: this shows what is possible, not what is usual. */
    @Test
    void knowsANewAndARevokedTokenWithinASecond() {
        assertThat(Stream.generate(this::slowestChangeOfAToken).limit(3))
                .anyMatch(duration -> duration.compareTo(Duration.ofSeconds(1)) < 0);
    }

    private Duration slowestChangeOfAToken() {
        long begin = System.nanoTime();
        TokenText token = under.log().token(Role.WRITER);
        awaitStatus(201, token);
        long made = System.nanoTime();
        under.log().installed().putToken(token.id(), null);
        awaitStatus(401, token);
        return Duration.ofNanos(Math.max(made - begin, System.nanoTime() - made));
    }

    private void awaitStatus(int status, TokenText token) {
        await().until(() -> under.server().post(token, SESSION).statusCode() == status);
    }
}
