package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.process.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer that has failed is replaced if it has failed for good, and nothing is lost with it. */
class FailedProducerIT {

    private final Installation installation = Installation.shared();

    @Test
    void getsOnWhenKafkaTakesTheRightToWriteAwayAndGivesItBack() throws Exception {
        AclBinding denied = right(AclOperation.WRITE, AclPermissionType.DENY);
        // Once a topic has an ACL, everything else needs one too: without it the processor could not read either.
        AclBinding allowed = right(AclOperation.ALL, AclPermissionType.ALLOW);
        try (Admin admin = Admin.create(installation.brokers().properties());
                Workload workload = installation.workload(5_000).start()) {
            workload.awaitMoreAccepted(20);
            try {
                admin.createAcls(List.of(allowed, denied)).all().get(30, TimeUnit.SECONDS);
                workload.awaitMoreUnavailable(20);
                Awaitility.await("readiness red")
                        .until(() -> !installation.ingest().isReady());
            } finally {
                admin.deleteAcls(List.of(denied.toFilter(), allowed.toFilter()))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            workload.awaitMoreAccepted(20);
            installation.ingest().awaitReady();

            installation.reckoning(workload.settle()).holds("right to write taken away 1 x");
        }
    }

    @Test
    void isReplacedWhenItsThreadDiesOfAnError(@TempDir Path folder) throws Exception {
        try (ServiceProcess edge = startWithFatalAcknowledgement(folder);
                Workload workload =
                        installation.workload(edge.awaitReady(), 6_000).start()) {
            workload.awaitMoreUnavailable(1);
            workload.awaitMoreAccepted(50);
            edge.awaitReady();
            assertThat(Files.readString(edge.process().log())).contains(FatalAcknowledgement.REASON);

            installation.reckoning(workload.settle()).holds("an Error in the producer's thread 1 x");
        }
    }

    @Test
    void isReplacedForFeedsTooWhenItsThreadDiesOfAnError(@TempDir Path folder) throws Exception {
        try (ServiceProcess edge = startWithFatalAcknowledgement(folder);
                HttpClient http = HttpClient.newHttpClient()) {
            edge.awaitReady();

            assertThat(feed(http, edge)).isEqualTo(503);

            Awaitility.await("a feed that gets through").until(() -> feed(http, edge) == 200);
            assertThat(Files.readString(edge.process().log()))
                    .contains(
                            FatalAcknowledgement.REASON, "nothing of it was acknowledged for", "though Kafka answers");
        }
    }

    private ServiceProcess startWithFatalAcknowledgement(Path folder) throws IOException {
        Path properties = folder.resolve("kafka.properties");
        Files.writeString(properties, "interceptor.classes=" + FatalAcknowledgement.class.getName() + "\n");
        return ServiceProcess.ingestApi(installation.environment(
                Map.of("SLUICE_KAFKA_PROPERTIES", properties.toString(), "SLUICE_ACK_TIMEOUT", "2s")));
    }

    private AclBinding right(AclOperation operation, AclPermissionType type) {
        return new AclBinding(
                new ResourcePattern(
                        ResourceType.TOPIC, installation.topics().names().submissions(), PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, type));
    }

    private int feed(HttpClient http, ServiceProcess edge) throws Exception {
        String lines = "{\"analysis_ref\":\"feed\",\"analysis_type\":\"veracode\"}\n".repeat(40);
        HttpRequest request = HttpRequest.newBuilder(edge.address().resolve("/api/v2/projects/6900/analysis-sessions/"))
                .header("Authorization", "Token " + installation.token())
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
