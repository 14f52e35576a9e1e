package dev.sluice.endtoend.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.embedded.FreePorts;
import dev.sluice.processor.ProcessorConfig;
import dev.sluice.processor.audit.Audit;
import dev.sluice.processor.audit.AuditReport;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.standalone.token.KafkaTokens;
import dev.sluice.test.TestCertificate;
import dev.sluice.test.TestTokens;
import dev.sluice.test.fault.FaultProxy;
import dev.sluice.test.process.InstalledTopics;
import dev.sluice.test.process.Launch;
import dev.sluice.test.process.SecuredBroker;
import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.process.StoreProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both services and the tools, with TLS to Kafka and MongoDB, with the users and ACLs from docs/security.md. */
@Timeout(180)
class SecuredInstallationIT {

    private static final TopicNames TOPICS = TopicNames.DEFAULT;
    private static final String SESSIONS = "/api/v2/projects/7/analysis-sessions/";
    private static final String SESSION =
            "{\"analysis_ref\":\"a\",\"analysis_type\":\"fortify\",\"notes\":[{\"task\":\"7-T6\","
                    + "\"behaviour\":\"replace\",\"confidence\":\"high\",\"findings\":{},\"status\":\"fail\"}]}";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int kafkaPort = FreePorts.next();
    private TestCertificate certificate = new TestCertificate(Path.of(""), Path.of(""), Path.of(""));

    @Test
    void hasAllTheRightsItNeedsAndNoneThatItDoesNot() throws Exception {
        certificate = TestCertificate.make(folder, "backing");
        DocumentedAcls documented = DocumentedAcls.read();
        // Start everything slow at the same time: the services wait for Kafka, as they do in production.
        CompletableFuture<SecuredBroker> starting =
                CompletableFuture.supplyAsync(() -> SecuredBroker.start(folder, certificate, kafkaPort));
        try (StoreProcess store = StoreProcess.start(folder.resolve("store.mv"));
                FaultProxy front = FaultProxy.ofTls(certificate, store.port());
                ServiceProcess ingest = ServiceProcess.ingestApi(environment("ingest-api"));
                ServiceProcess processor = processor(front);
                SecuredBroker broker = starting.join()) {
            broker.letIn(documented.users());
            says(
                    ingest,
                    "Kafka does not let us see topic analysis-submissions: give us the rights that docs/security.md lists");
            says(
                    processor,
                    "Kafka does not let us see topic analysis-submissions: give us the rights that docs/security.md");

            broker.grant(documented.rights());
            processor.awaitReady();
            ingest.awaitReady();

            submitAndRead(broker, ingest, processor);
            maintain(broker, store.uri("sluice"));
            assertNothingElseIsAllowed(broker);
        }
    }

    private void submitAndRead(SecuredBroker broker, ServiceProcess ingest, ServiceProcess processor) throws Exception {
        TokenText token = token(broker);
        await().untilAsserted(() -> assertThat(
                        send(ingest, "POST", SESSIONS, token, SESSION).statusCode())
                .isEqualTo(201));
        HttpResponse<String> posted = send(ingest, "POST", SESSIONS, token, SESSION);
        String session = posted.headers().firstValue("Location").orElseThrow();
        String id = session.replaceAll(".*/(\\d+)/$", "$1");
        String note = "{\"analysis_session\":" + id
                + ",\"behaviour\":\"replace\",\"confidence\":\"high\",\"findings\":{},\"status\":\"pass\"}";

        assertThat(send(processor, "GET", SESSIONS + id + "/", token, "").statusCode())
                .isEqualTo(200);
        assertThat(send(ingest, "POST", "/api/v2/projects/7/tasks/T6/analysis-notes/", token, note)
                        .statusCode())
                .isEqualTo(201);
        produce(broker, "topic-producer", TOPICS.submissions(), "no JSON");
        awaitOutcome(broker, "dead-lettered");
        assertThat(send(processor, "GET", "/api/v2/projects/7/submissions/", token, "")
                        .body())
                .contains("\"stored\"");
    }

    private static void maintain(SecuredBroker broker, String store) throws InterruptedException {
        ProcessorConfig config = ProcessorConfig.of(broker.as("sluice-rebuild"), store);
        new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC())
                .run(new RebuildOptions(false, false, Duration.ZERO), RebuildListener.NONE);

        AuditReport report =
                new Audit(broker.as("sluice-audit"), TOPICS, new ConnectionString(store)).run(10, (done, all) -> {});

        assertThat(report.holds()).isTrue();
    }

    private static void assertNothingElseIsAllowed(SecuredBroker broker) {
        for (String user : List.of("ingest-api", "sluice-audit", "sluice-rebuild", "sluice-tokens", "topic-producer")) {
            assertThatThrownBy(() -> read(broker, user, TOPICS.outcomes()))
                    .as(user)
                    .isInstanceOf(TopicAuthorizationException.class);
        }
        for (String user : List.of("sluice-tail", "sluice-tokens", "outcome-consumer", "topic-producer")) {
            assertThatThrownBy(() -> read(broker, user, TOPICS.submissions()))
                    .as(user)
                    .isInstanceOf(TopicAuthorizationException.class);
        }
        for (String user : List.of("session-processor", "sluice-audit", "sluice-rebuild")) {
            assertCannotWrite(broker, user, TOPICS.submissions());
        }
        for (String user : List.of("session-processor", "ingest-api", "topic-producer", "sluice-tail")) {
            assertCannotWrite(broker, user, TOPICS.accessTokens());
        }
        for (String user : List.of("ingest-api", "topic-producer", "sluice-tokens", "sluice-rebuild")) {
            assertCannotWrite(broker, user, TOPICS.installation());
        }
    }

    private static void assertCannotWrite(SecuredBroker broker, String user, String topic) {
        assertThatThrownBy(() -> produce(broker, user, topic, "{}"))
                .as(user)
                .hasRootCauseInstanceOf(AuthorizationException.class);
    }

    private static TokenText token(SecuredBroker broker) {
        KafkaTokens tokens = new KafkaTokens(broker.as("sluice-tokens"), TOPICS);
        TokenText text = TestTokens.text();
        tokens.publish(TestTokens.token(text, Role.WRITER, new Projects.All()));
        assertThat(tokens.read()).extracting(AccessToken::id).containsExactly(text.id());
        return text;
    }

    private static void awaitOutcome(SecuredBroker broker, String state) {
        Map<String, Object> settings = new HashMap<>(broker.as("outcome-consumer"));
        settings.put("group.id", "outcome-consumer");
        settings.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPICS.outcomes()));
            StringBuilder told = new StringBuilder();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(500))
                        .forEach(record -> told.append(new String(record.value(), StandardCharsets.UTF_8)));
                return told.indexOf(state) >= 0;
            });
            consumer.commitSync();
        }
        assertThat(read(broker, "sluice-tail", TOPICS.outcomes())).isNotEmpty();
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(SecuredBroker broker, String user, String topic) {
        return new InstalledTopics(broker.as(user), TOPICS).records(topic);
    }

    private static void produce(SecuredBroker broker, String user, String topic, String value)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(broker.as(user), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, utf8("7"), utf8(value))).get(30, TimeUnit.SECONDS);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(ServiceProcess service, String method, String path, TokenText token, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(service.address().resolve(path))
                        .header("Authorization", "Token " + token.reveal())
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void says(ServiceProcess service, String sentence) {
        await().ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() ->
                        assertThat(service.get("/observe/health/ready").body()).contains(sentence));
    }

    private ServiceProcess processor(FaultProxy front) {
        Map<String, String> environment = environment("session-processor");
        environment.put("SLUICE_MONGODB", "mongodb://localhost:" + front.port() + "/sluice?tls=true");
        return ServiceProcess.start(
                Launch.of("session-processor", "dev.sluice.processor.SessionProcessorApplication")
                        .withJvmOptions(List.of(
                                "-Djavax.net.ssl.trustStore=" + certificate.trustStoreFile(),
                                "-Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD)),
                environment);
    }

    private Map<String, String> environment(String user) {
        Map<String, String> environment =
                new HashMap<>(SecuredBroker.environment(user, kafkaPort, certificate, folder));
        environment.put("SLUICE_PARTITIONS", "2");
        return environment;
    }
}
