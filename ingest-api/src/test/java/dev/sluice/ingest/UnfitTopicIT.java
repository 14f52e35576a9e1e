package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.LoggedLines;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** The edge with a topic that cannot be used, or should not be. */
class UnfitTopicIT {

    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"veracode\"}";

    private final LogUnderTest log = LogUnderTest.create(UnfitTopicIT.class);
    private final TokenText token = log.token(Role.ADMINISTRATOR);

    @ConcurrentTest
    void saysThatATopicWantsMoreReplicasThanItHasAndTakesSubmissions() throws Exception {
        makeAnew();
        alter("min.insync.replicas", "2");
        try (RunningIngest ingest = new RunningIngest(log.config()).awaitReady()) {
            await().until(() -> ingest.readiness().body().contains("min.insync.replicas=2 and 1 replica"));
            assertThat(ingest.post(token, SESSION).statusCode()).isEqualTo(201);
        }
    }

    @ConcurrentTest
    void saysThatTheTopicIsNotKeptForEver() throws Exception {
        alter("retention.ms", "3600000");
        try (RunningIngest ingest = new RunningIngest(log.config()).awaitReady()) {
            await().until(() -> ingest.readiness().body().contains("retention.ms=3600000"));
            assertThat(ingest.post(token, SESSION).statusCode()).isEqualTo(201);
        }
    }

    @ConcurrentTest
    void takesNothingForATopicThatWasMadeAnewUnderIt() throws Exception {
        try (RunningIngest ingest = new RunningIngest(log.config()).awaitReady()) {
            assertThat(ingest.post(token, SESSION).statusCode()).isEqualTo(201);

            makeAnew();

            await().until(() -> ingest.readiness().body().contains("was made anew"));
            assertTakesNothing(ingest);
        }
    }

    @ConcurrentTest
    void takesNothingForATopicThatWouldBeCompacted() throws Exception {
        try (RunningIngest ingest = new RunningIngest(log.config()).awaitReady()) {
            long session = RunningIngest.id(ingest.post(token, SESSION));

            alter("cleanup.policy", "compact");

            await().until(() -> ingest.readiness().body().contains("cleanup.policy=compact"));
            assertTakesNothing(ingest);
            try (LoggedLines lines = new LoggedLines(AuditTrail.LOG_NAME, Level.INFO)) {
                assertThat(ingest.resubmit(token, session).statusCode()).isEqualTo(503);
                assertThat(lines.all())
                        .filteredOn(line -> line.contains(token.id()))
                        .singleElement()
                        .asString()
                        .endsWith("answered 503");
            }
        }
    }

    @ConcurrentTest
    void takesNothingForATopicWithMorePartitionsNotEvenAfterARestart() throws Exception {
        IngestConfig config = IngestConfig.of(new KafkaLog(log.kafka(), log.topics(), OptionalInt.of(3), IdBase.NONE));
        try (RunningIngest ingest = new RunningIngest(config).awaitReady();
                Admin admin = Admin.create(log.kafka())) {
            assertThat(ingest.post(token, SESSION).statusCode()).isEqualTo(201);
            admin.createPartitions(Map.of(log.topics().submissions(), NewPartitions.increaseTo(4)))
                    .all()
                    .get();
            await().until(() -> ingest.readiness().body().contains("has 4 partitions: expected 3"));
            assertThat(ingest.readiness().body()).doesNotContain("SLUICE_PARTITIONS");
            assertTakesNothing(ingest);
        }

        try (RunningIngest restarted = new RunningIngest(config)) {
            await().until(() -> {
                String body = restarted.readiness().body();
                return body.contains("if the topic was made with it, set SLUICE_PARTITIONS")
                        && !body.contains("has not been read yet");
            });
            assertTakesNothing(restarted);
        }
    }

    private void assertTakesNothing(RunningIngest ingest) throws Exception {
        HttpResponse<String> refused = ingest.post(token, SESSION);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("not accepted", "its topic cannot be used");
        HttpResponse<String> feed = ingest.feed(token, "", BodyPublishers.ofString(SESSION + "\n"));
        assertThat(feed.statusCode()).isEqualTo(503);
        assertThat(feed.body()).contains("its topic cannot be used");
    }

    /** Deletes the topic and creates it again, with one replica. */
    private void makeAnew() throws Exception {
        TopicSettings settings = TopicSettings.submissions(log.topics(), 3);
        NewTopic topic = new NewTopic(settings.name(), 3, (short) 1).configs(settings.configuration());
        try (Admin admin = Admin.create(log.kafka())) {
            admin.deleteTopics(List.of(topic.name())).all().get();
            await().ignoreExceptions().until(() -> {
                admin.createTopics(List.of(topic)).all().get();
                return true;
            });
        }
    }

    private void alter(String setting, String value) throws Exception {
        try (Admin admin = Admin.create(log.kafka())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(
                                    ConfigResource.Type.TOPIC, log.topics().submissions()),
                            List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
