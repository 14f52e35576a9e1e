package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.test.TestKafka;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that goes on with another topic, which has another number of partitions and a raised base of ids. */
class FormerLogIT {

    private static final int BEFORE = 2;
    private static final int NOW = 3;
    private static final long MOVED = LongStream.iterate(1, next -> next + 1)
            .filter(project -> ProjectKey.partition(project, BEFORE) != ProjectKey.partition(project, NOW))
            .findFirst()
            .orElseThrow();

    private final ProcessorConfig config = FreshConfig.of(FormerLogIT.class, BEFORE);
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config.withLog(
            LogConfig.of(TestKafka.freshTopics(FormerLogIT.class), NOW).withIds(IdBase.ofFirstPosition(1L << 20))));
    private long former;

    @BeforeEach
    void goOnWithAnotherTopic() {
        try (ProcessorUnderTest before = new ProcessorUnderTest(config).start()) {
            former = before.submit(MOVED, ProcessorUnderTest.body("former"));
            before.awaitProgress(former);
        }
        processor.startAndAwaitReady();
    }

    @AfterEach
    void stop() {
        processor.close();
    }

    @Test
    void hasItsSubmissionsReadAfterThoughTheirProjectIsInAnotherPartitionNow() {
        String list = "/api/v2/projects/" + MOVED + "/analysis-sessions/?read_after=";

        assertThat(processor.readJson(list + former).get("results")).hasSize(1);
        assertThat(processor.read(list + (former + 256)).status()).isEqualTo(400);
        assertThat(processor.get(MOVED, former).status()).isEqualTo(200);
        assertThat(processor.get(MOVED, former + 256).status()).isEqualTo(404);
    }

    @Test
    void leavesNothingInFlightWhereNoRecordHasComeYet() {
        assertSums(1);

        processor.awaitProgress(processor.submit(MOVED, ProcessorUnderTest.body("now")));

        assertSums(2);
    }

    private void assertSums(int records) {
        await().untilAsserted(() -> {
            assertThat(processor.gauge("sluice.log.records")).isEqualTo(records);
            assertThat(processor.gauge("sluice.log.in.flight")).isZero();
            assertThat(processor.gauge("sluice.log.unaccounted")).isZero();
        });
    }
}
