package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.submission.UtcTime;
import dev.sluice.http.access.KafkaAccessTokens;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.http.server.ApiServer;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.test.LoggedLines;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResubmitIT {

    private static final String SUBMISSIONS = "/api/v2/projects/7/submissions/";
    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"fortify\"}";
    private static final String NOTE =
            "{\"behaviour\":\"combine\",\"confidence\":\"low\",\"findings\":[],\"status\":\"fail\"}";

    @AutoClose
    private final IngestUnderTest under = IngestUnderTest.of(ResubmitIT.class);

    private final TokenText administrator = under.token(Role.ADMINISTRATOR);

    @Test
    void putsASessionBackOnTheLogAsItWas() throws Exception {
        long original = id(under.post(SESSION, "Idempotency-Key", "once"));

        HttpResponse<String> response = resubmit(administrator, original, "X-Request-Id", "by-hand");

        assertThat(response.statusCode()).isEqualTo(202);
        long again = id(response);
        ConsumerRecord<byte[], byte[]> record = under.log().at(again);
        assertThat(again).isNotEqualTo(original);
        assertThat(response.body())
                .isEqualTo(
                        "{\"id\":" + again + ",\"state\":\"pending\",\"session\":null,\"errors\":null,\"received\":\""
                                + UtcTime.format(Instant.ofEpochMilli(record.timestamp())) + "\",\"processed\":null}");
        assertThat(response.headers().firstValue("Location"))
                .contains(under.server().uri(SUBMISSIONS) + "" + again + "/");
        assertThat(new String(record.value(), UTF_8)).isEqualTo(SESSION);
        Map<String, String> headers = LogUnderTest.headers(record);
        Map<String, String> before = LogUnderTest.headers(under.log().at(original));
        assertThat(headers)
                .containsEntry("resubmission-of", Long.toString(original))
                .containsEntry("request-id", "by-hand");
        assertThat(headers.get("ce_id")).isNotEqualTo(before.get("ce_id"));
        before.remove("ce_id");
        before.remove("request-id");
        assertThat(headers).containsAllEntriesOf(before).hasSize(before.size() + 3);
    }

    @Test
    void putsALoneNoteBackOnceItsSessionIsThere() throws Exception {
        long session = id(under.post(SESSION));
        String naming = NOTE.replace("{", "{\"analysis_session\":" + session + ",");
        long good = under.log().produce(7, naming, "ce_type", "analysis-note.create", "task", "T6");
        long bad = under.log()
                .produce(7, naming.replace("" + session, "334"), "ce_type", "analysis-note.create", "task", "T6");

        assertThat(resubmit(administrator, good).statusCode()).isEqualTo(202);

        HttpResponse<String> refused = resubmitInvalid(bad);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"analysis_session\":[\"Invalid pk \\\"334\\\" - object does not exist.\"]}");
    }

    @Test
    void answersTheErrorsOfOneThatStillBreaksTheRules() throws Exception {
        long invalid = under.log().produce(7, "{\"analysis_type\":\"fortify\"}", "ce_type", "analysis-session.create");
        long unreadable = under.log().produce(7, "{\"analysis_type\":", "ce_type", "analysis-session.create");

        HttpResponse<String> refused = resubmitInvalid(invalid);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("{\"analysis_ref\":[\"This field is required.\"]}");
        assertThat(resubmitInvalid(unreadable).body()).startsWith("{\"detail\":\"JSON parse error - ");
    }

    @Test
    void knowsNoSubmissionOfAnotherProjectNorWhatIsNone() throws Exception {
        long ofAnother = under.log().produce(8, SESSION, "ce_type", "analysis-session.create");
        long beyond = ofAnother + (1L << 40);

        for (long id : new long[] {ofAnother, beyond, 255, Long.MAX_VALUE}) {
            HttpResponse<String> response = resubmit(administrator, id);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).isEqualTo("{\"detail\":\"Not found.\"}");
        }
    }

    @Test
    void refusesWhatWouldBecomeADeadLetterAgain() throws Exception {
        long ofNoType = under.log().produce(7, SESSION);
        long ofNoTask = under.log().produce(7, NOTE, "ce_type", "analysis-note.create");
        long ofNobody = under.log().produce(7, SESSION, "ce_type", "analysis-session.create", "user", "Bob");
        long withoutValue = under.log().produce(7, null, "ce_type", "analysis-session.create");

        assertThat(resubmitInvalid(ofNoType).body()).startsWith("{\"detail\":\"The record has no header ce_type: ");
        assertThat(resubmitInvalid(ofNoTask).body()).startsWith("{\"detail\":\"The record has no header task: ");
        assertThat(resubmitInvalid(ofNobody).body()).startsWith("{\"detail\":\"The header user is \\\"Bob\\\": ");
        assertThat(resubmitInvalid(withoutValue).body()).startsWith("{\"detail\":\"The record has no value: ");
        assertThat(resubmitInvalid(withoutValue).statusCode()).isEqualTo(400);
    }

    @Test
    void isAnAdministrators() throws Exception {
        long original = id(under.post(SESSION));

        assertThat(resubmit(under.writer(), original).statusCode()).isEqualTo(403);
    }

    @Test
    void isInTheAuditTrailOnceItWasToBeWrittenToTheLog() throws Exception {
        long original = id(under.post(SESSION));
        long invalid = under.log().produce(7, "{}", "ce_type", "analysis-session.create");

        try (LoggedLines lines = new LoggedLines(AuditTrail.LOG_NAME, Level.INFO)) {
            long again = id(resubmit(administrator, original, "X-Request-Id", "done"));
            resubmit(administrator, invalid, "X-Request-Id", "invalid");
            resubmit(under.writer(), original, "X-Request-Id", "denied");
            resubmit(administrator, 255, "X-Request-Id", "none");

            assertThat(lines.all())
                    .containsExactly("resubmit of submission " + original + " of project 7 by user 599 with token "
                            + administrator.id() + " in request done: answered 202, "
                            + under.server().uri(SUBMISSIONS) + again
                            + "/");
        }
    }

    @Test
    void isInTheAuditTrailEvenIfItFailsUnexpectedly() throws Exception {
        long original = id(under.post(SESSION));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ApiRoutes routes = new ApiRoutes();

        try (LoggedLines lines = new LoggedLines(AuditTrail.LOG_NAME, Level.INFO);
                KafkaAccessTokens tokens =
                        new KafkaAccessTokens(under.log().kafka(), under.log().topics(), Clock.systemUTC());
                IngestApi failing = IngestApi.start(under.log().config(), registry, () -> {
                    throw new IllegalStateException("unexpected");
                })) {
            tokens.start();
            failing.register(routes);
            await().until(() -> tokens.readiness().state().get().ready());
            try (ApiServer server = ApiServer.start(HttpConfig.defaults(), routes, tokens, List.of(), registry);
                    HttpClient http = HttpClient.newHttpClient()) {
                URI uri = URI.create("http://127.0.0.1:" + server.port() + SUBMISSIONS + original + "/resubmit/");
                HttpRequest request = HttpRequest.newBuilder(uri)
                        .POST(BodyPublishers.noBody())
                        .header("Authorization", "Token " + administrator.reveal())
                        .build();
                assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(500);
            }
            assertThat(lines.all()).singleElement().asString().endsWith(": failed");
        }
    }

    @Test
    void namesTheFirstOfAChain() throws Exception {
        long first = id(under.post(SESSION));
        long second = id(resubmit(administrator, first));

        long third = id(resubmit(administrator, second));

        assertThat(LogUnderTest.headers(under.log().at(third))).containsEntry("resubmission-of", Long.toString(first));
    }

    @Test
    void answersARetryUnderAKeyAsTheFirst() throws Exception {
        long original = id(under.post(SESSION));

        HttpResponse<String> first = resubmit(administrator, original, "Idempotency-Key", "again");
        HttpResponse<String> second = resubmit(administrator, original, "Idempotency-Key", "again");
        long another = id(under.post(SESSION));
        HttpResponse<String> ofAnother = resubmit(administrator, another, "Idempotency-Key", "again");

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(under.post(SESSION, "Idempotency-Key", "again").statusCode()).isEqualTo(422);
        assertThat(ofAnother.statusCode()).isEqualTo(422);
    }

    private HttpResponse<String> resubmit(TokenText token, long id, String... headers) throws Exception {
        return under.server().post(SUBMISSIONS + id + "/resubmit/", token, BodyPublishers.noBody(), headers);
    }

    private HttpResponse<String> resubmitInvalid(long id) throws Exception {
        return under.server().post(SUBMISSIONS + id + "/resubmit/", administrator, BodyPublishers.noBody());
    }

    private static long id(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body()).path("id").asLong();
    }
}
