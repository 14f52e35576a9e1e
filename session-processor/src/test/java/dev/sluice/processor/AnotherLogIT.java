package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.audit.AuditFailedException;
import dev.sluice.processor.audit.AuditReport;
import dev.sluice.processor.audit.Flaw;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.rebuild.RebuildRefusedException;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rebuilds and audits after the log became another one than the store was filled from, or was replaced by one. */
class AnotherLogIT {

    private static final int PROJECTS = 8;

    private final TopicNames topics = TestKafka.freshTopics(AnotherLogIT.class);
    private final ProcessorConfig config = FreshConfig.of(AnotherLogIT.class, topics, 2);
    private final TopicUnderTest topic = new TopicUnderTest(config.kafka(), topics);
    private ProcessorUnderTest processor = new ProcessorUnderTest(config);

    @AfterEach
    void stop() {
        processor.close();
    }

    @Test
    void replacesNothingFromALogThatWasGivenPartitions() throws Exception {
        fill();

        topic.increaseTo(3);

        assertRefused("has 3 partitions, but had 2");
    }

    @Test
    void replacesNothingFromALogThatWasMadeAnewAndIsAsLongByNow() throws Exception {
        fill();

        topic.makeAnew(2);
        submitOfEachProject("anew");
        submitOfEachProject("longer");

        assertRefused("is not the one that the store was filled from");
    }

    @Test
    void replacesNothingIfTheLogIsMadeAnewWhileItIsRead() throws Exception {
        fill();
        HeardRebuild heard = new HeardRebuild();
        heard.onceCaughtUp = () -> {
            try {
                topic.makeAnew(2);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(heard))
                .withMessageContaining("is not the one that the store was filled from")
                .withMessageEndingWith("Once that is settled, run it again");

        assertThat(heard.lines).doesNotContain("live 2", "dropped 1");
        assertThat(processor.collection("submissions").countDocuments()).isEqualTo(PROJECTS);
        begin(IdBase.ofFirstPosition(1L << 20));
        submitOfEachProject("anew").forEach(processor::awaitProgress);
        processor.stop();
        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(RebuildListener.NONE))
                .withMessageContaining("run the rebuild again");
        rebuild(RebuildListener.NONE);
        assertThat(processor.collection("submissions_3").countDocuments()).isEqualTo(PROJECTS);
    }

    @Test
    void replacesNothingIfTheStoreIsFilledFromAnotherLogByTheTimeThatItIsRead() throws Exception {
        fill();
        HeardRebuild heard = new HeardRebuild();
        // As another processor does that was told of a new log.
        heard.onceCaughtUp = () -> processor
                .collection("installation")
                .updateMany(new Document(), new Document("$set", new Document("ids_base", 1L << 28)));

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(heard))
                .withMessageContaining("another log");

        assertThat(heard.lines).doesNotContain("live 2", "dropped 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void findsNothingWrongWithAStoreThatHasAFormerLogOfOtherPartitions(int partitions) throws Exception {
        fill();
        topic.makeAnew(partitions);
        begin(IdBase.ofFirstPosition(1L << 20));
        submitOfEachProject("anew").forEach(processor::awaitProgress);

        AuditReport report = processor.audit();

        assertThat(report.first()).extracting(Flaw::text).isEmpty();
        // Of the former log: a session and a key of each project. Of both: its task and its count.
        assertThat(report.unchecked()).isEqualTo(4 * PROJECTS);
        assertThat(report.total().outcomes().stored()).isEqualTo(PROJECTS);
        processor.collection("submissions").deleteOne(new BsonDocument("analysis_ref", new BsonString("anew")));
        assertThat(processor.audit().flaws()).containsKey(Flaw.Kind.MISSING);
    }

    /** Begins a new log, as an operator does. */
    private void begin(IdBase ids) {
        processor.close();
        processor = new ProcessorUnderTest(config.withLog(config.log().withIds(ids))).start();
    }

    private void fill() {
        processor.start();
        submitOfEachProject("former").forEach(processor::awaitProgress);
        processor.stop();
    }

    private void assertRefused(String why) {
        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(RebuildListener.NONE))
                .withMessageContaining(why);
        assertThatExceptionOfType(AuditFailedException.class)
                .isThrownBy(processor::audit)
                .withMessageContaining(why);
        assertThat(processor.collection("projection").countDocuments()).isZero();
        assertThat(processor.collection("submissions").countDocuments()).isEqualTo(PROJECTS);
    }

    private void rebuild(RebuildListener listener) throws InterruptedException {
        new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC())
                .run(new RebuildOptions(true, false, Duration.ZERO), listener);
    }

    private Set<Long> submitOfEachProject(String ref) {
        Set<Long> ids = new HashSet<>();
        for (long project = 1; project <= PROJECTS; project++) {
            String body = ("{'analysis_ref':'" + ref + "','analysis_type':'fortify','notes':[{'task':'" + project
                            + "-T1','behaviour':'combine','confidence':'high','findings':[],'status':'fail'}]}")
                    .replace('\'', '"');
            ids.add(processor.send(
                    ProjectKey.of(project),
                    body.getBytes(StandardCharsets.UTF_8),
                    SubmissionHeaders.ofSession("e", "test", ProcessorUnderTest.USER, "key " + ref, null)));
        }
        return ids;
    }
}
