package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.rebuild.RebuildRefusedException;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.TestKafka;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rebuilds that must not begin, or not go on. */
class RefusedRebuildIT {

    private static final RebuildOptions AT_ONCE = new RebuildOptions(false, Duration.ZERO);

    private final TopicNames topics = TestKafka.freshTopics(RefusedRebuildIT.class);
    private final ProcessorConfig config = FreshConfig.of(RefusedRebuildIT.class, topics, 2);
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);
    private final HeardRebuild heard = new HeardRebuild();

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void endsOnceAnotherOneHasTakenOver() {
        processor.startAndAwaitReady();
        submitSome();
        HeardRebuild second = new HeardRebuild();
        heard.onceCaughtUp = () -> {
            second.stopOnceFilled = true;
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> rebuild(AT_ONCE, second));
        };

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE, heard))
                .withMessageContaining("another rebuild of this store was started and has taken over");

        assertThat(second.lines).containsExactly("begins 1 to 2 true");
        assertThat(heard.lines).containsExactly("begins 1 to 2 false");
    }

    @Test
    void refusesALogThatHasLostItsBeginningUnlessTold() throws Exception {
        processor.startAndAwaitReady();
        List<Long> known = submitSome();
        processor.stop();
        int partition = ProjectKey.partition(1, 2);
        new TopicUnderTest(TestKafka.properties(), topics).deleteRecordsBefore(partition, 1);

        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> rebuild(AT_ONCE, heard))
                .withMessageContaining("partition " + partition + " begins at offset 1");
        rebuild(new RebuildOptions(true, Duration.ZERO), heard);

        processor.startAndAwaitReady();
        await().atMost(ProcessorUnderTest.PATIENCE)
                .untilAsserted(() ->
                        assertThat(processor.get(1, known.get(0)).status()).isEqualTo(404));
        assertThat(processor.get(1, known.get(1)).status()).isEqualTo(200);
    }

    private void rebuild(RebuildOptions options, RebuildListener listener) throws InterruptedException {
        new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC()).run(options, listener);
    }

    private List<Long> submitSome() {
        List<Long> ids = List.of(
                processor.submit(1, ProcessorUnderTest.body("first")),
                processor.submit(1, ProcessorUnderTest.body("second")));
        ids.forEach(processor::awaitProgress);
        return ids;
    }
}
