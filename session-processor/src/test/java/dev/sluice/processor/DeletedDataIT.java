package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.audit.Flaw;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody deletes the data of a project and of a person, as docs/operations.md says. */
class DeletedDataIT {

    private final TopicNames topics = TestKafka.freshTopics(DeletedDataIT.class);
    private final ProcessorConfig config = FreshConfig.of(DeletedDataIT.class, topics, 1);
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config).start();
    private final long first = processor.submit(1, AuditedLog.session("a", "fail"));
    private final long ofAnother =
            processor.submit(2, AuditedLog.session("b", "pass").replace("1-T", "2-T"));
    private final long last = processor.send(
            ProjectKey.of(1),
            AuditedLog.session("c", "pass").getBytes(StandardCharsets.UTF_8),
            SubmissionHeaders.ofSession("e", "test", ProcessorUnderTest.USER, "k", null));

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void isMissingAccordingToAnAuditAsLongAsTheLogHasItAndComesBackByARebuild() throws Exception {
        deleteFromStore();

        assertThat(processor.get(1, first).status()).isEqualTo(404);
        assertThat(processor.audit().flaws())
                .containsOnlyKeys(
                        Flaw.Kind.MISSING,
                        Flaw.Kind.CHANGED,
                        Flaw.Kind.PROGRESS,
                        Flaw.Kind.TASK,
                        Flaw.Kind.COUNT,
                        Flaw.Kind.KEY)
                .containsEntry(Flaw.Kind.MISSING, 2L)
                .containsEntry(Flaw.Kind.CHANGED, 1L);
        // NaN while the store or Kafka takes longer than the gauge waits.
        await().untilAsserted(() ->
                assertThat(processor.gauge("sluice.log.unaccounted")).isZero());
        rebuild(false);
        assertThat(processor.collection("submissions_2").countDocuments()).isEqualTo(3);
        assertThat(processor.audit().flaws()).isEmpty();
    }

    @Test
    void isNotMissedOnceTheLogNoLongerHasIt() throws Exception {
        deleteFromStore();
        new TopicUnderTest(TestKafka.properties(), topics)
                .deleteRecordsBefore(0, SubmissionId.of(last).position() + 1);
        long later = processor.submit(1, AuditedLog.session("d", "pass"));
        processor.awaitProgress(later);

        assertThat(processor.audit().flaws()).isEmpty();
        assertThat(processor.audit().unchecked()).isPositive();
        assertThat(processor.get(1, last).status()).isEqualTo(404);
        assertThat(processor
                        .readJson("/api/v2/projects/2/analysis-sessions/" + ofAnother + "/")
                        .get("updater")
                        .isNull())
                .isTrue();
        assertThat(processor
                        .readJson("/api/v2/projects/1/analysis-sessions/?page_size=5")
                        .get("count")
                        .asInt())
                .isOne();

        rebuild(true);
        assertThat(processor.collection("submissions_2").countDocuments()).isOne();
        assertThat(processor.audit().flaws()).isEmpty();
        assertThat(processor.audit().unchecked()).isZero();
    }

    private void deleteFromStore() {
        processor.awaitProgress(last);
        processor.collection("submissions").deleteMany(new Document("project", 1L));
        processor.collection("verifications").deleteMany(new Document("project", 1L));
        processor.collection("counts").deleteOne(new Document("_id", 1L));
        processor.collection("keys").deleteMany(new Document("_id", Pattern.compile("^1 ")));
        processor
                .collection("submissions")
                .updateMany(
                        new Document("updater.id", ProcessorUnderTest.USER.id()),
                        new Document("$set", new Document("updater", null)));
    }

    private void rebuild(boolean fromLogBegin) throws InterruptedException {
        new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC())
                .run(new RebuildOptions(fromLogBegin, false, Duration.ZERO), new HeardRebuild());
    }
}
