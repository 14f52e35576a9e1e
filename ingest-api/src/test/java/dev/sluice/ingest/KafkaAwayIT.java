package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.embedded.EmbeddedBroker;
import dev.sluice.embedded.FreePorts;
import dev.sluice.service.kafka.KafkaLog;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaAwayIT {

    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"veracode\"}";
    private static final String NOTES = "/api/v2/projects/7/tasks/7-T6/analysis-notes/";
    private static final String RESUBMIT = "/api/v2/projects/7/submissions/256/resubmit/";
    private static final String NOTE_OF_A_SESSION =
            "{\"analysis_session\":256,\"behaviour\":\"replace\",\"confidence\":\"low\",\"findings\":{},\"status\":\"pass\"}";
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration GETS_WELL_WITHIN = Duration.ofSeconds(30);

    @Test
    void answers503WhileKafkaIsAwayAndGetsWellWhenItComes(@TempDir Path data) throws Exception {
        int port = FreePorts.next();
        Map<String, Object> kafka = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        TokenText token;
        try (RunningIngest ingest = new RunningIngest(
                IngestConfig.of(KafkaLog.of(kafka, TopicNames.DEFAULT)).withAckTimeout(ACK_TIMEOUT))) {
            TokenText unknown = TokenText.random(new SecureRandom());
            assertThat(ingest.post(unknown, SESSION).statusCode()).isEqualTo(503);
            assertThat(ingest.readiness().statusCode()).isEqualTo(503);

            try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
                assertThat(broker.bootstrapServers()).endsWith(":" + port);
                token = LogUnderTest.create(kafka, TopicNames.DEFAULT).token(Role.ADMINISTRATOR);
                await().atMost(GETS_WELL_WITHIN)
                        .until(() -> ingest.post(token, SESSION).statusCode() == 201);
                ingest.awaitReady();
            }

            HttpResponse<String> unacknowledged = timed(ingest, token);
            assertThat(unacknowledged.statusCode()).isEqualTo(503);
            assertThat(unacknowledged.headers().firstValue("Retry-After")).isPresent();
            assertThat(ingest.post(token, SESSION, "Idempotency-Key", "retried").statusCode())
                    .isEqualTo(503);
            HttpResponse<String> note = ingest.post(NOTES, token, BodyPublishers.ofString(NOTE_OF_A_SESSION));
            assertThat(note.statusCode()).isEqualTo(503);
            assertThat(note.headers().firstValue("Retry-After")).isPresent();
            assertThat(ingest.post(RESUBMIT, token, BodyPublishers.noBody()).statusCode())
                    .isEqualTo(503);
            await().atMost(GETS_WELL_WITHIN).until(() -> ingest.readiness().statusCode() == 503);

            try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
                assertThat(broker.bootstrapServers()).endsWith(":" + port);
                await().atMost(GETS_WELL_WITHIN)
                        .until(() -> ingest.post(token, SESSION, "Idempotency-Key", "retried")
                                        .statusCode()
                                == 201);
            }
        }
    }

    private static HttpResponse<String> timed(RunningIngest ingest, TokenText token) throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> response = ingest.post(token, SESSION);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ACK_TIMEOUT.multipliedBy(30));
        return response;
    }
}
