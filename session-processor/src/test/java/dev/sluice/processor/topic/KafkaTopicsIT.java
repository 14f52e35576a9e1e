package dev.sluice.processor.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import dev.sluice.test.process.BrokerCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaTopicsIT {

    private static final Map<String, String> DEFAULTS =
            Map.of("min.insync.replicas", "2", "unclean.leader.election.enable", "true");

    @Test
    void areFitForUseWhateverTheBrokersHaveAsDefaults(@TempDir Path folder) {
        try (BrokerCluster brokers = BrokerCluster.start(folder, 1, DEFAULTS);
                TopicChecks checks = new TopicChecks(brokers.properties(), TopicNames.DEFAULT)) {
            KafkaTopics.ensure(brokers.properties(), TopicNames.DEFAULT, 2, (short) 1);

            TopicFacts made = checks.check(1);
            assertThat(made.configuration())
                    .containsEntry("min.insync.replicas", "1")
                    .containsEntry("unclean.leader.election.enable", "false");
            assertThat(checks.fitness(made).remarks()).isEmpty();
            assertThatThrownBy(() -> checks.check(2))
                    .isInstanceOf(UnfitTopicException.class)
                    .hasMessageContaining("has 1 replica, but SLUICE_REPLICATION_FACTOR is 2");
        }
    }

    @Test
    void takeTokensFromAClockThatIsHoursAhead() throws Exception {
        TopicNames names = TestKafka.freshTopics(KafkaTopicsIT.class);
        KafkaTopics.ensure(TestKafka.properties(), names, 2, (short) 1);
        long ahead = System.currentTimeMillis() + Duration.ofHours(2).toMillis();
        try (Producer<String, String> producer =
                new KafkaProducer<>(TestKafka.properties(), new StringSerializer(), new StringSerializer())) {
            RecordMetadata taken = producer.send(new ProducerRecord<>(names.accessTokens(), 0, ahead, "token", "{}"))
                    .get();

            assertThat(taken.timestamp()).isLessThan(ahead);
        }
    }

    @Test
    void areCheckedWithoutRefusingLastUsesOfTokensThatABrokerMadeTheTopicOf() throws Exception {
        TopicNames names = TestKafka.freshTopics(KafkaTopicsIT.class);
        Map<String, Object> kafka = TestKafka.properties();
        try (Admin admin = Admin.create(kafka);
                TopicChecks checks = new TopicChecks(kafka, names)) {
            admin.createTopics(List.of(new NewTopic(names.tokenUses(), 1, (short) 1)))
                    .all()
                    .get();
            KafkaTopics.ensure(kafka, names, 2, (short) 1);

            assertThat(checks.check(1).name()).isEqualTo(names.submissions());
        }
    }
}
