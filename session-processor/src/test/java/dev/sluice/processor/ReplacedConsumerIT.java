package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An Error ends a consumer; it is replaced, and says so meanwhile. */
class ReplacedConsumerIT {

    private final ProcessorConfig config = ProcessorConfig.of(
                    TestKafka.properties(), TestMongo.freshDatabase(ReplacedConsumerIT.class))
            .withTopics(TestKafka.freshTopics(ReplacedConsumerIT.class))
            .withPartitions(2);
    private final ProcessorUnderTest under = new ProcessorUnderTest(config);

    @AfterEach
    void stop() {
        under.close();
    }

    @Test
    void isReplacedAfterErrorsAndNothingIsLost() {
        Deque<Error> errors = new ConcurrentLinkedDeque<>(
                List.of(new NoClassDefFoundError("some/Missing"), new StackOverflowError()));
        List<Long> ids = List.of(
                under.submit(1, ProcessorUnderTest.body("one")),
                under.submit(2, ProcessorUnderTest.body("two")),
                under.submit(3, ProcessorUnderTest.body("three")));
        Set<String> said = ConcurrentHashMap.newKeySet();

        under.start(() -> {
            Error error = errors.poll();
            if (error != null) {
                throw error;
            }
        });

        await().atMost(ProcessorUnderTest.PATIENCE).until(() -> {
            under.notReady().stream().map(ReadinessCheck.State::detail).forEach(said::add);
            return said.contains("a consumer has ended (NoClassDefFoundError) and is started anew") && errors.isEmpty();
        });
        ids.forEach(under::awaitProgress);
        assertThat(ids).allSatisfy(id -> assertThat(under.kind(id)).isEqualTo("session"));
        await().atMost(ProcessorUnderTest.PATIENCE).until(() -> under.notReady().isEmpty());
    }
}
