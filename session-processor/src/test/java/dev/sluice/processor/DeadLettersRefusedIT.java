package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.test.TestKafka;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dead letters while their topic or the store refuses what it is given. */
class DeadLettersRefusedIT {

    // Less than the headers with the position of a record need.
    private static final int TOO_SMALL_FOR_ANY = 100;
    private static final int TOO_SMALL_FOR_THE_VALUE = 2_000;

    private final TopicNames topics = TestKafka.freshTopics(DeadLettersRefusedIT.class);
    private final ProcessorUnderTest processor =
            new ProcessorUnderTest(FreshConfig.of(DeadLettersRefusedIT.class, topics, 1));

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void leavesTheValueOutThatTheTopicDoesNotTakeAndStandsStillIfThatIsStillTooLarge() throws Exception {
        processor.start();
        // If the limit were too small already, the start would be refused.
        processor.awaitProgress(processor.submit(1, ProcessorUnderTest.body("before it")));
        limit(TOO_SMALL_FOR_THE_VALUE);
        processor.awaitProgress(processor.submit(1, incompressible()));
        assertThat(processor.records(topics.deadLetters()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.headers().lastHeader(KafkaDeadLetters.LEFT_OUT))
                        .isNotNull());

        limit(TOO_SMALL_FOR_ANY);
        long bad = processor.submit(1, "not JSON");

        await().untilAsserted(() -> assertThat(processor.notReady())
                .anySatisfy(state -> assertThat(state.detail()).contains(topics.deadLetters())));
        // Behind one that fails, a turn has no room for it.
        long good = processor.submit(1, ProcessorUnderTest.body("behind it"));
        assertThat(processor.stored(good)).isNull();
        assertThat(processor.progress(0)).isEqualTo(2);
        assertThat(processor.records(topics.outcomes())).hasSize(2);

        limit(TopicSettings.MAX_DEAD_LETTER_BYTES);
        processor.awaitProgress(good);
        assertThat(processor.kind(bad)).isEqualTo("dead-letter");
        assertThat(processor.kind(good)).isEqualTo("session");
        await().until(() -> processor.notReady().isEmpty());
    }

    @Test
    void areNotSentAgainAndAgainWhileTheStoreIsWhatRefuses() {
        AtomicInteger flushes = new AtomicInteger();
        processor.start(() -> {
            if (flushes.incrementAndGet() <= 3) {
                throw new IllegalStateException("the store refuses");
            }
        });

        processor.awaitProgress(processor.submit(1, "not JSON"));

        assertThat(flushes).hasValueGreaterThan(3);
        assertThat(processor.records(topics.deadLetters())).hasSize(1);
    }

    /** Incompressible, because the limit applies to the compressed size. */
    private static String incompressible() {
        return "not JSON "
                + new Random(1)
                        .ints(9_000, '0', 'z')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    }

    private void limit(int bytes) throws Exception {
        new TopicUnderTest(TestKafka.properties(), topics)
                .set(topics.deadLetters(), TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    }
}
