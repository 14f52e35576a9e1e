package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.SourceLog;
import dev.sluice.contract.topic.SourceLogJson;
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
import org.apache.kafka.common.config.ConfigResource;

/** The edge with a topic that cannot be used, or should not be. */
class UnfitTopicIT {

    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"veracode\"}";

    private final LogUnderTest log = LogUnderTest.create(UnfitTopicIT.class);
    private final TokenText token = log.token(Role.ADMINISTRATOR);

    @ConcurrentTest
    void saysThatATopicWantsMoreReplicasThanItHasAndTakesSubmissions() throws Exception {
        log.installed().makeSubmissionsAnew(3);
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

            log.installed().makeSubmissionsAnew(3);

            await().until(() -> ingest.readiness().body().contains("was made anew"));
            assertTakesNothing(ingest);
        }
    }

    @ConcurrentTest
    void givesNoIdAgainWhileItHasNotLookedAtATopicThatWasMadeAnew() throws Exception {
        try (RunningIngest ingest = new RunningIngest(log.config()).awaitReady()) {
            for (int session = 0; session < 10; session++) {
                assertThat(ingest.post(token, SESSION).statusCode()).isEqualTo(201);
            }

            log.installed().makeSubmissionsAnew(3);

            await().until(() -> {
                assertThat(ingest.post(token, SESSION).statusCode()).isEqualTo(503);
                return ingest.readiness().body().contains("was made anew (its id is");
            });
        }
    }

    @ConcurrentTest
    void givesNoIdAgainToAFeedThatIsTheFirstToReachATopicThatWasMadeAnew() throws Exception {
        try (RunningIngest ingest = new RunningIngest(log.config()).awaitReady()) {
            assertThat(feed(ingest, 10).statusCode()).isEqualTo(200);

            log.installed().makeSubmissionsAnew(3);

            await().until(() -> {
                HttpResponse<String> feed = feed(ingest, 1);
                assertThat(feed.statusCode()).isEqualTo(503);
                assertThat(feed.body()).contains("\"durable_through\":0").contains("\"accepted\":0");
                return ingest.readiness().body().contains("was made anew (its id is");
            });
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

    @ConcurrentTest
    void takesNothingForATopicThatWasMadeAnewBeforeItStartedUntilTheStoreIsFilledFromThatWithTheSameIds()
            throws Exception {
        tell(log.installed().submissionsId(), 3, IdBase.NONE);
        try (RunningIngest ingest = new RunningIngest(log.config()).awaitReady()) {
            assertThat(ingest.post(token, SESSION).statusCode()).isEqualTo(201);
        }
        String anew = log.installed().makeSubmissionsAnew(3);

        try (RunningIngest ingest = new RunningIngest(log.config())) {
            awaitSaid(ingest, "is not the one that the store is filled from (its id is " + anew);
            assertTakesNothing(ingest);

            tell(anew, 3, new IdBase(512));

            awaitSaid(ingest, "SLUICE_IDS_BASE is 0, but the ids of topic", "with 512: set it to that");
            assertTakesNothing(ingest);
        }
        IngestConfig raised = IngestConfig.of(log.config().log().withIds(new IdBase(512)));
        try (RunningIngest ingest = new RunningIngest(raised).awaitReady()) {
            assertThat(RunningIngest.id(ingest.post(token, SESSION))).isGreaterThanOrEqualTo(512 + 256);
        }
    }

    @ConcurrentTest
    void takesNothingWhileWhatTheStoreIsFilledFromCannotBeUnderstoodOrHadOtherPartitions() throws Exception {
        String topic = log.installed().submissionsId();
        try (RunningIngest ingest = new RunningIngest(log.config()).awaitReady()) {
            assertThat(ingest.readiness().body()).contains("no processor has told yet");

            tell(topic, 4, IdBase.NONE);
            awaitSaid(ingest, "has 3 partitions, and had 4");
            assertTakesNothing(ingest);

            log.installed().putSourceLog(new byte[] {0});
            awaitSaid(ingest, log.topics().installation() + "-0@1 cannot be understood: it is not JSON");
            assertTakesNothing(ingest);

            tell(topic, 3, IdBase.NONE);
            ingest.awaitReady();
            assertThat(ingest.post(token, SESSION).statusCode()).isEqualTo(201);

            log.installed().putSourceLog(null);
            await().until(() -> ingest.readiness().body().contains("what it said before counts"));
            assertThat(ingest.post(token, SESSION).statusCode()).isEqualTo(201);
        }
    }

    private void assertTakesNothing(RunningIngest ingest) throws Exception {
        HttpResponse<String> refused = ingest.post(token, SESSION);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("not accepted", "its topic cannot be used");
        HttpResponse<String> feed = feed(ingest, 1);
        assertThat(feed.statusCode()).isEqualTo(503);
        assertThat(feed.body()).contains("its topic cannot be used");
    }

    private HttpResponse<String> feed(RunningIngest ingest, int lines) throws Exception {
        return ingest.feed(token, "", BodyPublishers.ofString((SESSION + "\n").repeat(lines)));
    }

    private void tell(String topic, int partitions, IdBase ids) {
        log.installed().putSourceLog(SourceLogJson.write(new SourceLog(topic, partitions, ids)));
    }

    private static void awaitSaid(RunningIngest ingest, String... sentence) {
        await().untilAsserted(() ->
                assertThat(ingest.readiness().body()).contains(sentence).doesNotContain("been read yet"));
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
