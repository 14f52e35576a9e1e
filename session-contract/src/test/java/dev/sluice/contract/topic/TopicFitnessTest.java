package dev.sluice.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFitnessTest {

    private static final TopicSettings MADE = TopicSettings.submissions(TopicNames.DEFAULT, 12);

    @Test
    void findsNothingWithATopicThatWeMade() {
        assertThat(fitness(Map.of("min.insync.replicas", "2", "unclean.leader.election.enable", "false")))
                .isEqualTo(new TopicFitness(List.of(), List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "message.timestamp.type, CreateTime, expected LogAppendTime",
        "cleanup.policy, compact, expected delete",
        "cleanup.policy, 'compact,delete', expected delete",
        "max.message.bytes, 1048588, expected at least 10485760",
    })
    void saysWhatToChangeOfATopicThatCannotBeUsed(String setting, String value, String expected) {
        TopicFitness fitness = fitness(Map.of(setting, value));

        assertThat(fitness.risks()).isEmpty();
        assertThat(fitness.faults())
                .singleElement()
                .asString()
                .contains("topic analysis-submissions", setting, value, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "min.insync.replicas, 1, expected at least 2",
        "unclean.leader.election.enable, true, expected false",
    })
    void saysWhatCouldLoseAcknowledgedRecords(String setting, String value, String expected) {
        TopicFitness fitness = fitness(Map.of(setting, value));

        assertThat(fitness.faults()).isEmpty();
        assertThat(fitness.risks()).singleElement().asString().contains(setting, value, expected);
        assertThat(fitness.faultsAndRisks())
                .hasValueSatisfying(text -> assertThat(text).contains(expected));
    }

    @Test
    void remarksThatALogIsNotKeptForEver() {
        TopicFitness fitness = fitness(Map.of("retention.ms", "604800000"));

        assertThat(fitness.faultsAndRisks()).isEmpty();
        assertThat(fitness.remarks()).singleElement().asString().contains("retention.ms=604800000");
    }

    @Test
    void remarksThatOlderBrokersWriteNothingToATopicWithTooFewReplicas() {
        TopicFitness fitness = fitness(Map.of("min.insync.replicas", "4"));

        assertThat(fitness.faultsAndRisks()).isEmpty();
        assertThat(fitness.remarks())
                .singleElement()
                .asString()
                .contains("min.insync.replicas=4 and 3 replicas", "older than Kafka 3.7", "expected at most 3");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, 1, 'has 1 replica and the cluster 3 brokers, so acknowledged records are lost with 1 disk: expected 3 replicas'",
        "1, 2, 1, 'has 1 replica and the cluster 2 brokers, so acknowledged records are lost with 1 disk: expected 2 replicas'",
        "2, 5, 2, 'has 2 replicas and the cluster 5 brokers, so acknowledged records are lost with 2 disks: expected 3 replicas'",
        "2, 2, 1, 'min.insync.replicas=1 and 2 replicas, so while a broker is away'",
    })
    void remarksThatThereAreFewerReplicasThanThereCouldBe(int replicas, int brokers, int insync, String remark) {
        TopicFitness fitness = replicated(replicas, brokers, insync);

        assertThat(fitness.faultsAndRisks()).isEmpty();
        assertThat(fitness.remarks()).singleElement().asString().contains(remark);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 2, 2", "3, 3, 2", "3, 5, 2", "3, 2, 2"})
    void saysNothingOfAsManyReplicasAsThereCanBe(int replicas, int brokers, int insync) {
        assertThat(replicated(replicas, brokers, insync).remarks()).isEmpty();
    }

    @Test
    void doesNotRefuseATopicWhoseSettingsItMayNotSee() {
        TopicFitness fitness = TopicFitness.ofSubmissions(facts(12, Map.of()), MADE);

        assertThat(fitness.faultsAndRisks()).isEmpty();
        assertThat(fitness.remarks()).singleElement().asString().contains("DescribeConfigs");
    }

    @Test
    void refusesMorePartitionsThanAnIdHasRoomFor() {
        assertThat(TopicFitness.ofSubmissions(facts(257, MADE.configuration()), MADE)
                        .faults())
                .singleElement()
                .asString()
                .contains("257", "256");
    }

    @Test
    void refusesATopicToWhichKafkaGivesNoId() {
        TopicFacts found =
                new TopicFacts(MADE.name(), Uuid.ZERO_UUID.toString(), 12, 3, 3, List.of(), MADE.configuration());

        assertThat(TopicFitness.ofSubmissions(found, MADE).faults())
                .singleElement()
                .asString()
                .contains("has no id", "expected a Kafka that gives topics ids");
    }

    @Test
    void remarksWhichPartitionsNobodyLeads() {
        TopicFacts found = new TopicFacts(MADE.name(), "id", 12, 3, 3, List.of(2, 7), MADE.configuration());
        TopicFitness fitness = TopicFitness.ofSubmissions(found, MADE);

        assertThat(fitness.faultsAndRisks()).isEmpty();
        assertThat(fitness.remarks()).singleElement().asString().contains("no leader for its partitions [2, 7]");
    }

    @Test
    void onlyRemarksThatTheLastUsesOfTokensAreNotCompacted() {
        TopicSettings made = TopicSettings.tokenUses(TopicNames.DEFAULT);
        TopicFacts found = new TopicFacts(made.name(), "id", 1, 1, 1, List.of(), Map.of("cleanup.policy", "delete"));
        TopicFitness fitness = TopicFitness.ofTokenUses(found, made);

        assertThat(fitness.faultsAndRisks()).isEmpty();
        assertThat(fitness.remarks()).singleElement().asString().contains("cleanup.policy=delete", "expected compact");
    }

    private static TopicFitness fitness(Map<String, String> changes) {
        Map<String, String> configuration = new HashMap<>(MADE.configuration());
        configuration.putAll(changes);
        return TopicFitness.ofSubmissions(facts(12, configuration), MADE);
    }

    private static TopicFitness replicated(int replicas, int brokers, int insync) {
        Map<String, String> configuration = new HashMap<>(MADE.configuration());
        configuration.put("min.insync.replicas", String.valueOf(insync));
        return TopicFitness.ofSubmissions(
                new TopicFacts(MADE.name(), "id", 12, replicas, brokers, List.of(), configuration), MADE);
    }

    private static TopicFacts facts(int partitions, Map<String, String> configuration) {
        return new TopicFacts(MADE.name(), "id", partitions, 3, 3, List.of(), configuration);
    }
}
