package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.TestKafka;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a processor says of topics that are missing or have settings that they must not have. */
class TopicsAmissIT {

    private static final long PROJECT = 5;

    private final TopicNames topics = TestKafka.freshTopics(TopicsAmissIT.class);
    private final ProcessorConfig config = FreshConfig.of(TopicsAmissIT.class, topics, 2);
    private final TopicUnderTest topic = new TopicUnderTest(config.kafka(), topics);
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);

    @AfterEach
    void stop() {
        processor.close();
    }

    @ConcurrentTest
    void isNotReadyWhileTheTopicHasASettingThatCannotBe() throws Exception {
        processor.start().awaitProgress(processor.submit(PROJECT, ProcessorUnderTest.body("before")));

        topic.set("cleanup.policy", "compact");
        await().untilAsserted(() -> assertThat(processor.notReady())
                .anySatisfy(state -> assertThat(state.detail())
                        .contains(topics.submissions(), "cleanup.policy=compact", "expected delete")));

        topic.set("cleanup.policy", "delete");
        await().untilAsserted(() -> assertThat(processor.notReady()).isEmpty());
    }

    @ConcurrentTest
    void saysThatTheTopicOfOutcomesIsNotAsItMustBeOrIsMissing() throws Exception {
        processor.start().awaitProgress(processor.submit(PROJECT, ProcessorUnderTest.body("before")));

        topic.set(topics.outcomes(), "max.message.bytes", "1048588");
        await().untilAsserted(() -> assertThat(processor.startup().detail())
                .contains(topics.outcomes() + " has max.message.bytes=1048588", "expected at least"));

        try (Admin admin = Admin.create(config.kafka())) {
            admin.deleteTopics(List.of(topics.outcomes())).all().get();
        }
        await().untilAsserted(() -> assertThat(processor.startup())
                .isEqualTo(new ReadinessCheck.State(
                        true, "topics and indexes are there; there is no topic " + topics.outcomes())));
    }

    @ConcurrentTest
    void isNotReadyOnceTheTopicIsGone() throws Exception {
        processor.start().awaitProgress(processor.submit(PROJECT, ProcessorUnderTest.body("before")));

        topic.delete();

        await().untilAsserted(() -> assertThat(processor.notReady())
                .anySatisfy(
                        state -> assertThat(state.detail()).isEqualTo("there is no topic " + topics.submissions())));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({
        "message.timestamp.type, CreateTime, expected LogAppendTime",
        "cleanup.policy, compact, expected delete",
    })
    void refusesATopicWithASettingThatCannotBe(String setting, String value, String expected) throws Exception {
        topic.makeAnew(2, setting, value);

        processor.start();

        assertThat(processor.awaitRefusal()).contains(topics.submissions(), setting + "=" + value, expected);
    }
}
