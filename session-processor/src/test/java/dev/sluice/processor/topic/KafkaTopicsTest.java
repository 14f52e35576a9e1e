package dev.sluice.processor.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaTopicsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "5, 2"})
    void requireTwoReplicasOfWhatIsAcknowledgedWhereOneMayBeLost(short replicas, String insync) {
        assertThat(KafkaTopics.newTopic(TopicSettings.submissions(TopicNames.DEFAULT, 12), replicas)
                        .configs())
                .containsEntry("min.insync.replicas", insync)
                .containsEntry("unclean.leader.election.enable", "false");
    }
}
