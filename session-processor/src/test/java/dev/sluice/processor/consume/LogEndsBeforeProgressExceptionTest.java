package dev.sluice.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LogEndsBeforeProgressExceptionTest {

    @Test
    void namesEachPartitionAndSaysOnceWhatFollows() {
        String together = LogEndsBeforeProgressException.inOneSentence(List.of(
                LogEndsBeforeProgressException.ends(new TopicPartition("t", 3), 5, 9),
                LogEndsBeforeProgressException.isOlder(new TopicPartition("t", 7), 1, 2),
                LogEndsBeforeProgressException.ends(new TopicPartition("t", 4), 6, 8)));

        assertThat(together)
                .startsWith(
                        "partition 3 of topic t ends at offset 5, but the store has reached 9;"
                                + " partition 4 of topic t ends at offset 6, but the store has reached 8: the topic was made anew")
                .contains(". partition 7 of topic t has lost its end")
                .containsOnlyOnce("says within seconds what to set");
    }
}
