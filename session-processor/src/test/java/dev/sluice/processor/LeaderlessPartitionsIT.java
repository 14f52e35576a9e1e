package dev.sluice.processor;

import static dev.sluice.test.Patience.PATIENCE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.process.BrokerCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half of a log's partitions, or all of another's, have no leader: the only broker that has them has ended. */
class LeaderlessPartitionsIT {

    private static final TopicNames TOPICS = TopicNames.DEFAULT;
    private static final int PARTITIONS = 12;
    private static final int ENDED = 1;
    private static final int IN_A_ROW = 20;
    // Half of what it takes if each record waits for a partition that does not answer.
    private static final Duration SWIFTLY = Duration.ofSeconds(20);

    private final List<Long> others = projectsIn(0);
    private final List<Long> leaderless = projectsIn(1);

    @Test
    void keepNoneOfTheOthersFromBeingProcessedNorFromBeingBegunWith(@TempDir Path folder) throws Exception {
        try (BrokerCluster brokers = BrokerCluster.start(folder, 3, Map.of())) {
            makeTopics(brokers, TOPICS, PARTITIONS, partition -> partition % 2 == 1);
            ProcessorConfig config =
                    FreshConfig.of(brokers.properties(), LeaderlessPartitionsIT.class, TOPICS, PARTITIONS);
            try (LoggedLines said = new LoggedLines(FitnessWatch.class);
                    ProcessorUnderTest processor = new ProcessorUnderTest(config).startAndAwaitReady();
                    ProcessorUnderTest ofEnded = ofEndedAlone(brokers)) {
                requireStored(processor, others);
                requireStored(processor, leaderless);
                brokers.broker(ENDED).terminate();
                brokers.broker(ENDED).awaitExit(PATIENCE);

                awaitSaidThoughReady(processor, said);
                assignAnew(brokers);
                requireStored(processor, others);
                Instant begun = Instant.now();
                for (int i = 0; i < IN_A_ROW; i++) {
                    requireStored(processor, List.of(others.getFirst()));
                }
                assertThat(Duration.between(begun, Instant.now())).isLessThan(SWIFTLY);

                processor.stop();
                processor.start();
                requireStored(processor, others);
                ofEnded.start();
                awaitSaid(ofEnded, "has no leader for its partitions [0]");
                awaitSaid(ofEnded, "has 1 replica and the cluster 2 brokers");

                brokers.restart(ENDED);
                brokers.awaitAll();
                requireStored(processor, leaderless);
                requireStored(ofEnded, List.of(1L));
                for (ProcessorUnderTest each : List.of(processor, ofEnded)) {
                    await().until(() -> each.notReady().isEmpty());
                }
                assertThat(processor.audit().flaws()).isEmpty();
            }
        }
    }

    /** A stopped processor whose log, from which it has stored something, is only on the broker that ends. */
    private static ProcessorUnderTest ofEndedAlone(BrokerCluster brokers) throws Exception {
        TopicNames topics = new TopicNames("ended-");
        makeTopics(brokers, topics, 1, _ -> true);
        ProcessorUnderTest processor =
                new ProcessorUnderTest(FreshConfig.of(brokers.properties(), LeaderlessPartitionsIT.class, topics, 1));
        processor.start();
        requireStored(processor, List.of(1L));
        processor.stop();
        return processor;
    }

    private static void awaitSaidThoughReady(ProcessorUnderTest processor, LoggedLines lines) {
        String leaderless = "topic " + TOPICS.submissions() + " has no leader for its partitions [1, 3, 5, 7, 9, 11]";
        await().until(() -> processor.startup().detail().contains(leaderless));
        assertThat(processor.startup().ready()).isTrue();
        assertThat(lines.all()).anyMatch(line -> line.contains(leaderless));
    }

    private static void awaitSaid(ProcessorUnderTest processor, String part) {
        await().untilAsserted(() -> assertThat(processor.notReady())
                .extracting(ReadinessCheck.State::detail)
                .anySatisfy(detail -> assertThat(detail).contains(part)));
    }

    private static void requireStored(ProcessorUnderTest processor, List<Long> projects) {
        List<Long> ids = projects.stream()
                .map(project -> processor.submit(project, ProcessorUnderTest.body("a")))
                .toList();
        ids.forEach(processor::awaitStored);
    }

    private static void assignAnew(BrokerCluster brokers) throws Exception {
        String group = TOPICS.prefix() + "session-processor";
        try (Admin admin = Admin.create(brokers.properties())) {
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
            await().until(() -> {
                ConsumerGroupDescription found = requireNonNull(
                        admin.describeConsumerGroups(List.of(group)).all().get().get(group));
                return found.groupState() == GroupState.STABLE;
            });
        }
    }

    private static void makeTopics(BrokerCluster brokers, TopicNames topics, int partitions, IntPredicate isOnEnded)
            throws Exception {
        List<NewTopic> made = TopicSettings.all(topics, partitions).stream()
                .map(topic -> new NewTopic(
                                topic.name(),
                                IntStream.range(0, topic.partitions())
                                        .boxed()
                                        .collect(Collectors.toMap(
                                                Function.identity(),
                                                partition -> List.of(
                                                        topic.name().equals(topics.submissions())
                                                                        && isOnEnded.test(partition)
                                                                ? ENDED + 1
                                                                : 1))))
                        .configs(topic.configuration()))
                .toList();
        try (Admin admin = Admin.create(brokers.properties())) {
            admin.createTopics(made).all().get();
        }
        brokers.awaitAll();
    }

    /** A project in each partition whose number leaves this remainder. */
    private static List<Long> projectsIn(int remainder) {
        return IntStream.range(0, PARTITIONS)
                .filter(partition -> partition % 2 == remainder)
                .mapToObj(partition -> LongStream.iterate(1, project -> project + 1)
                        .filter(project -> ProjectKey.partition(project, PARTITIONS) == partition)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }
}
