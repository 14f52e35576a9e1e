package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The clock of a partition's first leader is ahead of the clock of the next one. */
class ClocksApartIT {

    private static final String LIST = "/api/v2/projects/1/analysis-sessions/";

    private final TopicNames topics = TestKafka.freshTopics(ClocksApartIT.class);
    private final ProcessorConfig config = FreshConfig.of(ClocksApartIT.class, topics, 1);
    private final TopicUnderTest topic = new TopicUnderTest(config.kafka(), topics);

    @Test
    void doNotHideSessionsThatCameBeforeATime() throws Exception {
        Instant time = Instant.now().plusSeconds(600);
        try (ProcessorUnderTest processor = new ProcessorUnderTest(config)) {
            // Only another machine could have a clock that is ahead.
            topic.makeAnew(1, "message.timestamp.type", "CreateTime");
            processor.copy(time.plusSeconds(50), 1, ProcessorUnderTest.body("stamped"));
            topic.set("message.timestamp.type", "LogAppendTime");
            long behind = processor.submit(1, ProcessorUnderTest.body("stamped by the broker"));
            processor.startAndAwaitReady().awaitProgress(behind);

            assertThat(processor.walk(LIST + "?page_size=9&created_before=" + time, "next"))
                    .containsExactly(behind);
            assertThat(processor.walk(LIST + "?page_size=9&created_after=" + time, "next"))
                    .containsExactly(new SubmissionId(0, 0).value());
        }
    }
}
