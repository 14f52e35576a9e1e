package dev.sluice.processor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.api.Answer;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.consume.Capacity;
import dev.sluice.processor.topic.KafkaTopics;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.TestKafka;
import dev.sluice.test.fault.Direction;
import dev.sluice.test.fault.FaultProxy;
import dev.sluice.test.fault.KafkaProxies;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.Then;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.GroupState;

/** Kafka does not answer, or lacks a topic. */
class KafkaOutagesIT {

    private final TopicNames topics = TestKafka.freshTopics(KafkaOutagesIT.class);

    @ConcurrentTest
    void areSaidByAProcessorThatHasNothingToDo() {
        try (KafkaProxies kafka = proxies();
                ProcessorUnderTest processor = behind(kafka)) {
            processor.startAndAwaitReady();

            kafka.all().forEach(proxy -> proxy.pause(Direction.ANSWERS));
            await().untilAsserted(() -> assertThat(processor.notReady())
                    .extracting(ReadinessCheck.State::detail)
                    .anyMatch(detail -> detail.contains("asking Kafka")));

            kafka.all().forEach(FaultProxy::restore);
            await().until(() -> processor.notReady().isEmpty());
        }
    }

    @ConcurrentTest
    void areSaidWhenOnlyTheLeaderOfAPartitionDoesNotAnswer() {
        try (KafkaProxies kafka = proxies();
                ProcessorUnderTest processor = behind(kafka)) {
            processor.startAndAwaitReady();

            kafka.hooks().atEach("LIST_OFFSETS", Moment.BEFORE, _ -> Then.CUT);
            await().untilAsserted(() -> assertThat(processor.notReady())
                    .extracting(ReadinessCheck.State::detail)
                    .contains("a broker that leads partitions of the log does not answer this processor"));

            kafka.hooks().clear();
            await().until(() -> processor.notReady().isEmpty());
        }
    }

    @ConcurrentTest
    void standsStillWhileADeadLetterCannotBeSentAndGetsWellByItself() throws Exception {
        ProcessorConfig config = FreshConfig.of(KafkaOutagesIT.class, topics, 1)
                .withCapacity(Capacity.of(1))
                .withReadTimeout(Duration.ofSeconds(2));
        try (ProcessorUnderTest processor = new ProcessorUnderTest(config).startAndAwaitReady();
                Admin admin = Admin.create(TestKafka.properties())) {
            admin.deleteTopics(List.of(topics.deadLetters())).all().get();
            long bad = processor.submit(1, "not JSON");

            await().untilAsserted(() -> assertThat(processor.notReady())
                    .anySatisfy(state -> assertThat(state.detail()).startsWith("Kafka")));
            long good = processor.submit(1, ProcessorUnderTest.body("behind it"));
            Answer answer = processor.get(1, good);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers())
                    .anySatisfy(header -> assertThat(header.name()).isEqualTo("Retry-After"));
            assertThat(processor.progress(0)).isEqualTo(SubmissionId.of(bad).position());

            // The partition is assigned again while its batch is still being retried.
            assignAnew(admin);
            KafkaTopics.ensure(TestKafka.properties(), topics, 1, (short) 1);
            processor.awaitProgress(good);
            assertThat(processor.records(topics.deadLetters())).isNotEmpty();
            await().until(() -> processor.notReady().isEmpty());
        }
    }

    private void assignAnew(Admin admin) throws ExecutionException, InterruptedException {
        String group = topics.prefix() + "session-processor";
        admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        await().until(() -> {
            ConsumerGroupDescription found = requireNonNull(
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group));
            return found.groupState() == GroupState.STABLE
                    && found.members().stream()
                            .anyMatch(member ->
                                    !member.assignment().topicPartitions().isEmpty());
        });
    }

    private static KafkaProxies proxies() {
        return KafkaProxies.of(String.valueOf(TestKafka.properties().get("bootstrap.servers")));
    }

    private ProcessorUnderTest behind(KafkaProxies kafka) {
        Map<String, Object> settings = new HashMap<>(TestKafka.properties());
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        return new ProcessorUnderTest(FreshConfig.of(settings, KafkaOutagesIT.class, topics, 1));
    }
}
