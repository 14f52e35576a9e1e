package dev.sluice.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.settings.Heap;
import dev.sluice.test.fault.Hook;
import dev.sluice.test.fault.KafkaProxies;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.Then;
import dev.sluice.test.process.BrokerCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka has the record but its answer is lost, and when the producer retries by itself it is no longer allowed to write. */
class LostAnswerIT {

    private static final TopicSettings TOPIC = TopicSettings.submissions(TopicNames.DEFAULT, 1);
    private static final Submission SUBMISSION = new Submission(7, "{}".getBytes(UTF_8), new RecordHeaders());
    private static final List<AclBinding> READ_ONLY = List.of(
            acl(AclOperation.WRITE, AclPermissionType.DENY), acl(AclOperation.DESCRIBE, AclPermissionType.ALLOW));

    @Test
    void isNotTakenForARecordThatIsNotInTheLog(@TempDir Path folder) throws Exception {
        try (BrokerCluster broker = BrokerCluster.start(folder, 1, Map.of());
                Admin admin = Admin.create(broker.properties());
                KafkaProxies proxies = KafkaProxies.of(broker.bootstrapServers())) {
            admin.createTopics(List.of(new NewTopic(TOPIC.name(), 1, (short) 1).configs(TOPIC.configuration())))
                    .all()
                    .get();
            try (KafkaSubmissions submissions = KafkaSubmissions.start(
                    KafkaLog.of(Map.of("bootstrap.servers", proxies.bootstrapServers()), TopicNames.DEFAULT),
                    Duration.ofSeconds(10),
                    Heap.ofProcess(),
                    () -> true,
                    new SimpleMeterRegistry())) {
                await().until(() -> submissions.publish("token", SUBMISSION).isInTheLog());
                long before = end(admin);
                Hook lost = proxies.hooks().at(1, "PRODUCE", Moment.ANSWERED, _ -> {
                    forbid(admin);
                    return Then.CUT;
                });

                Publication publication = submissions.publish("token", SUBMISSION);

                assertThat(lost.happened()).isEqualTo(1);
                assertThat(end(admin)).isEqualTo(before + 1);
                assertThat(publication).isEqualTo(new Publication.Unknown());
            }
        }
    }

    private static AclBinding acl(AclOperation operation, AclPermissionType type) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, TOPIC.name(), PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, type));
    }

    private static void forbid(Admin admin) {
        try {
            admin.createAcls(READ_ONLY).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long end(Admin admin) throws Exception {
        TopicPartition place = new TopicPartition(TOPIC.name(), 0);
        return admin.listOffsets(Map.of(place, OffsetSpec.latest()))
                .partitionResult(place)
                .get()
                .offset();
    }
}
