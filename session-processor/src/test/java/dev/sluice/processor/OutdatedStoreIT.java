package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.processor.audit.AuditFailure;
import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.rebuild.Rebuilding;
import dev.sluice.processor.store.StoreDurability;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that a version has filled which kept each task in a document of its own. */
class OutdatedStoreIT {

    private static final String TASKS = "/api/v2/projects/1/tasks/";

    private final ProcessorConfig config = FreshConfig.of(OutdatedStoreIT.class, 1);
    private final ProcessorUnderTest under = new ProcessorUnderTest(config);

    @AfterEach
    void close() {
        under.close();
    }

    @Test
    void isRefusedUntilItIsRebuilt() throws Exception {
        long session = storeAndStop();
        asFormerly("");

        under.start();

        assertThat(under.awaitRefusal()).contains("sluice rebuild").contains("collection tasks");
        assertThatExceptionOfType(AuditFailure.class).isThrownBy(under::audit).withMessageContaining("sluice rebuild");
        assertThat(under.get(1, session).status()).isEqualTo(200);
        for (String path : List.of("", "?page_size=5", "T6/", "T6/analysis-notes/?page_size=1")) {
            assertThat(under.read(TASKS + path).status()).isEqualTo(503);
        }
        rebuild();
        requireAllWell();
        assertThat(under.collection("tasks").countDocuments()).isZero();
    }

    @Test
    void isNotGoneOnWithWhereAnEarlierVersionHasLeftARebuild() throws Exception {
        storeAndStop();
        for (String name : List.of("progress", "submissions", "counts")) {
            under.collection(name)
                    .find()
                    .forEach(document -> under.collection(name + "_2").insertOne(document));
        }
        asFormerly("");
        asFormerly("_2");
        under.collection("projection")
                .insertOne(BsonDocument.parse("{_id: 'live', generation: 1, last: 2, retired: [],"
                        + " rebuild: {generation: 2, owner: '', beats: NumberLong(3)}}"));

        rebuild();

        under.start();
        requireAllWell();
    }

    private long storeAndStop() {
        under.startAndAwaitReady();
        long session = under.submit(1, AuditedLog.session("one", "fail"));
        under.awaitProgress(session);
        under.stop();
        return session;
    }

    private void asFormerly(String suffix) {
        under.collection("verifications" + suffix).drop();
        under.collection("tasks" + suffix).insertOne(BsonDocument.parse("{_id: '1-T1', status: 'fail'}"));
    }

    private void rebuild() throws InterruptedException {
        new Rebuilding(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC())
                .run(new RebuildOptions(false, false, Duration.ZERO), RebuildListener.NONE);
    }

    private void requireAllWell() {
        await().atMost(ProcessorUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(under.notReady()).isEmpty());
        assertThat(under.audit().holds()).isTrue();
        assertThat(under.readJson(TASKS + "T1/").get("verification_status").stringValue())
                .isEqualTo("fail");
    }
}
