package dev.sluice.standalone.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.setaside.SetAsideCommand;
import dev.sluice.standalone.start.StandaloneUnderTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResumeCommandIT {

    private static final long PROJECT = 1;
    private static final int FLOOD = 500;
    private static final int PARTITION = ProjectKey.partition(PROJECT, TopicSettings.DEFAULT_PARTITIONS);
    private static final String API = "/api/v2/projects/" + PROJECT;
    private static final String READINESS = "/observe/health/ready";

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void letsProcessingGoOnAfterAFloodAndWhatWasRejectedIsStoredOnceHoweverOftenItIsResubmitted() throws Exception {
        long session = new SubmissionId(PARTITION, FLOOD + 1).value();
        try (StandaloneUnderTest standalone = StandaloneUnderTest.start(data)) {
            flood(session);
            await().untilAsserted(() -> assertThat(standalone.get(READINESS).body())
                    .contains("partition " + PARTITION + " is stopped at offset " + (FLOOD + 1)
                            + " by the breaker: 500 bad records in a row"));
            HttpResponse<String> created = standalone.post(
                    API + "/analysis-sessions/", "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}");
            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(json(created).path("id").asLong()).isEqualTo(session);
        }

        try (StandaloneUnderTest standalone = StandaloneUnderTest.start(data)) {
            await().untilAsserted(() ->
                    assertThat(standalone.get(READINESS).body()).contains("is stopped at offset " + (FLOOD + 1)));
            assertThat(standalone
                            .get(API + "/analysis-sessions/" + session + "/")
                            .statusCode())
                    .isEqualTo(503);

            assertThat(resume("--data", data.toString())).isZero();

            assertThat(out.toString())
                    .startsWith("Partition " + PARTITION + " goes on at offset " + (FLOOD + 1)
                            + "; it had been stopped since ")
                    .endsWith(" by 500 bad records in a row." + System.lineSeparator());
            assertThat(resume(
                            "--url",
                            standalone.baseUrl() + "/",
                            "--token-file",
                            standalone.adminToken().toString()))
                    .isZero();
            assertThat(out.toString()).isEqualTo("Nothing was stopped." + System.lineSeparator());
            await().until(() ->
                    standalone.get(API + "/analysis-sessions/" + session + "/").statusCode() == 200);

            assertThat(run(
                            new SetAsideCommand(),
                            Long.toString(session),
                            "--reason",
                            "it's 100% done & stored",
                            "--data",
                            data.toString()))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("sluice: Submission " + session + " is in the store already")
                    .contains(" (409 from http://")
                    .hasLineCount(1);

            long rejected = new SubmissionId(PARTITION, 0).value();
            assertThat(state(standalone, rejected)).isEqualTo("rejected");
            assertThat(state(standalone, resubmit(standalone, rejected))).isEqualTo("stored");
            assertThat(state(standalone, resubmit(standalone, rejected))).isEqualTo("duplicate");
            assertThat(json(standalone.get(API + "/tasks/T6/analysis-notes/")).path("results"))
                    .hasSize(1);
        }
    }

    @Test
    void saysInALineWhyItCannot() throws Exception {
        Path noToken = Files.writeString(data.resolve("no-token"), "secret?");
        Path token = Files.writeString(
                data.resolve("token"), TokenText.random(new SecureRandom()).reveal());

        assertThat(resume("--data", data.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no Sluice runs in " + data).hasLineCount(1);
        assertThat(resume("--url", "http://127.0.0.1:1", "--data", data.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no token in " + data).hasLineCount(1);
        assertThat(resume("--token-file", noToken.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains(noToken + " does not hold a token")
                .doesNotContain("secret?")
                .hasLineCount(1);
        assertThat(resume("--token-file", token.toString(), "--url", "http://127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("no Sluice answers at http://127.0.0.1:1/")
                .hasLineCount(1);
        assertThat(resume("--token-file", token.toString(), "--url", "where?")).isEqualTo(2);
        assertThat(err.toString()).startsWith("sluice: --url where? is not an address");
        assertThat(resume("--nonsense")).isEqualTo(2);
    }

    /** A note of a session that is not there yet, and a flood of others that break the rules. */
    private void flood(long session) throws Exception {
        String kafka = Files.readString(data.resolve("kafka.address")).strip();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sends = new ArrayList<>();
            sends.add(producer.send(note("{\"analysis_session\":" + session
                    + ",\"behaviour\":\"combine\",\"confidence\":\"low\",\"findings\":{},\"status\":\"pass\"}")));
            for (int i = 0; i < FLOOD; i++) {
                sends.add(producer.send(note("{}")));
            }
            for (Future<?> send : sends) {
                send.get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> note(String body) {
        return new ProducerRecord<>(
                TopicNames.DEFAULT.submissions(),
                null,
                null,
                ProjectKey.of(PROJECT),
                body.getBytes(StandardCharsets.UTF_8),
                SubmissionHeaders.ofNote("e", "test", "T6", new User(7, "", "", ""), null, null));
    }

    private int resume(String... arguments) {
        return run(new ResumeCommand(), arguments);
    }

    private int run(Runnable command, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(command)
                .setExecutionExceptionHandler(new FailureLine())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private long resubmit(StandaloneUnderTest standalone, long id) throws Exception {
        HttpResponse<String> accepted = standalone.post(API + "/submissions/" + id + "/resubmit/", "");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return json(accepted).path("id").asLong();
    }

    private String state(StandaloneUnderTest standalone, long id) {
        return await().until(
                        () -> json(standalone.get(API + "/submissions/" + id + "/"))
                                .path("state")
                                .asString(),
                        state -> !state.equals("pending"));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
