package dev.sluice.endtoend.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.embedded.FreePorts;
import dev.sluice.test.TestCertificate;
import dev.sluice.test.process.InstalledTopics;
import dev.sluice.test.process.SecuredBroker;
import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.process.StoreProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The brokers get certificates of another CA, and the services' files, too late, its certificate. */
@Timeout(240)
class RenewedCertificatesIT {

    private static final TopicNames TOPICS = TopicNames.DEFAULT;
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final int port = FreePorts.next();

    @Test
    void areUsedWithoutARestart() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "broker");
        TestCertificate renewed = TestCertificate.make(folder, "renewed");
        DocumentedAcls documented = DocumentedAcls.read();
        CompletableFuture<StoreProcess> starting =
                CompletableFuture.supplyAsync(() -> StoreProcess.start(folder.resolve("store.mv")));
        try (SecuredBroker broker = SecuredBroker.start(folder, certificate, port);
                StoreProcess store = starting.join()) {
            broker.letIn(documented.users());
            broker.grant(documented.rights());
            String token =
                    InstalledTopics.make(broker.administration(), TOPICS, 2).token(Role.ADMINISTRATOR);
            try (ServiceProcess ingest = ServiceProcess.ingestApi(environment("ingest-api", certificate));
                    ServiceProcess processor = ServiceProcess.sessionProcessor(environment(store, certificate))) {
                ingest.awaitReady();
                processor.awaitReady();

                replace(certificate.store(), renewed.store());
                broker.restart();
                await().atMost(SOON).until(() -> !processor.isReady() && !ingest.isReady());
                await().atMost(SOON)
                        .until(() -> processor
                                .get("/observe/health/ready")
                                .body()
                                .contains("Kafka does not let us consume"));

                replace(certificate.certificate(), renewed.certificate());
                ingest.awaitReady();
                processor.awaitReady();
                await().atMost(SOON).until(() -> submit(ingest, token) == 201);
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(processor.metric("sluice_processor_records_total"))
                                .isPositive());
            }
        }
    }

    private static void replace(Path file, Path by) throws IOException {
        Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int submit(ServiceProcess ingest, String token) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(ingest.address().resolve("/api/v2/projects/7/analysis-sessions/"))
                                    .header("Authorization", "Token " + token)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(
                                            "{\"analysis_ref\":\"a\",\"analysis_type\":\"fortify\"}"))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private Map<String, String> environment(StoreProcess store, TestCertificate certificate) {
        Map<String, String> environment = environment("session-processor", certificate);
        environment.put("SLUICE_MONGODB", store.uri("sluice"));
        return environment;
    }

    private Map<String, String> environment(String user, TestCertificate certificate) {
        Map<String, String> environment = new HashMap<>(SecuredBroker.environment(user, port, certificate, folder));
        environment.put("SLUICE_PARTITIONS", "2");
        return environment;
    }
}
