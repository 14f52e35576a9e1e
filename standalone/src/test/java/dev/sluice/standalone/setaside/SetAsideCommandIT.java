package dev.sluice.standalone.setaside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.access.KafkaAccessTokens;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.server.ApiServer;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.processor.LogConfig;
import dev.sluice.processor.ProcessorConfig;
import dev.sluice.processor.SessionProcessor;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.standalone.command.ApiClient;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import dev.sluice.test.fault.Interception;
import dev.sluice.test.fault.PoisonedRecords;
import dev.sluice.test.process.InstalledTopics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class SetAsideCommandIT {

    private static final String SUBMISSIONS = "/api/v2/projects/1/submissions/";
    private static final SubmissionId POISON = new SubmissionId(0, 0);
    private static final SubmissionId AFTER = new SubmissionId(0, 1);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public static final class Poison extends PoisonedRecords {

        @Override
        protected boolean isPoisoned(ConsumerRecord<byte[], byte[]> record) {
            return record.offset() == POISON.position();
        }
    }

    @Test
    void hasAPartitionGoOnWithoutTheRecordThatItStandsStillAt(@TempDir Path folder) throws Exception {
        InstalledTopics topics =
                InstalledTopics.make(TestKafka.properties(), TestKafka.freshTopics(SetAsideCommandIT.class), 1);
        String token = topics.token(Role.ADMINISTRATOR);
        Path file = Files.writeString(folder.resolve("token"), token);
        submit(topics);
        submit(topics);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ApiRoutes routes = new ApiRoutes();
        try (SessionProcessor processor = SessionProcessor.start(
                        config(topics), StoreDurability.BY_ACKNOWLEDGEMENT, meters, Clock.systemUTC());
                KafkaAccessTokens tokens = new KafkaAccessTokens(topics.kafka(), topics.names(), Clock.systemUTC())) {
            tokens.start();
            processor.register(routes);
            try (ApiServer server =
                            ApiServer.start(HttpConfig.defaults().withPort(0), routes, tokens, List.of(), meters);
                    ApiClient client = new ApiClient("http://127.0.0.1:" + server.port(), token)) {
                await().ignoreExceptions()
                        .until(() -> client.get("/api/v2/processing/")
                                        .path("unprocessable")
                                        .path(0)
                                        .path("id")
                                        .asLong()
                                == POISON.value());

                int code = run(
                        Long.toString(POISON.value()),
                        "--reason",
                        "it's 100% broken & \u00fcber",
                        "--url",
                        "http://127.0.0.1:" + server.port(),
                        "--token-file",
                        file.toString());

                assertThat(err.toString()).isEmpty();
                assertThat(code).isZero();
                assertThat(out.toString()).startsWith("Submission " + POISON.value() + " is set aside: ");
                await().until(() -> state(client, AFTER).equals("stored"));
                JsonNode poison = client.get(SUBMISSIONS + POISON.value() + "/");
                assertThat(poison.path("state").asString()).isEqualTo("rejected");
                assertThat(poison.path("errors").path("detail").asString())
                        .isEqualTo("Set aside by an administrator: it's 100% broken & \u00fcber");
            }
        }
    }

    @Test
    void saysInALineWhichArgumentIsWrong() {
        assertThat(run("263", "--reason", " ")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("sluice: --reason: Expected the reason, in 1 to 255 printable characters in UTF-8.");
        assertThat(run("0", "--reason", "ticket 7")).isEqualTo(2);
        assertThat(err.toString()).startsWith("sluice: 0 is no submission's id: expected ");
        assertThat(run("263")).isEqualTo(2);
    }

    private static ProcessorConfig config(InstalledTopics topics) {
        return ProcessorConfig.of(
                        Interception.with(Poison.class, topics.kafka()),
                        TestMongo.freshDatabase(SetAsideCommandIT.class))
                .withLog(LogConfig.of(topics.names(), 1));
    }

    private static void submit(InstalledTopics topics) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(topics.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topics.names().submissions(),
                            null,
                            null,
                            ProjectKey.of(1),
                            "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}".getBytes(StandardCharsets.UTF_8),
                            SubmissionHeaders.ofSession("e", "test", new User(7, "", "", ""), null, null)))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private static String state(ApiClient client, SubmissionId id) {
        return client.get(SUBMISSIONS + id.value() + "/").path("state").asString();
    }

    private int run(String... arguments) {
        err.getBuffer().setLength(0);
        return new CommandLine(new SetAsideCommand())
                .setExecutionExceptionHandler(new FailureLine())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
