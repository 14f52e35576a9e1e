package dev.sluice.processor;

import static dev.sluice.test.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.TestKafka;
import dev.sluice.test.process.BrokerCluster;
import dev.sluice.test.process.ChildJvm;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All complete replicas are lost, and an operator elects an incomplete one: its log ends earlier, and offsets are assigned again. */
class LostEndIT {

    private static final int KEPT = 0;
    private static final int LOST = 1;
    private static final int TOO_SMALL_FOR_ANY = 100;

    private static BrokerCluster brokers;

    private final TopicNames topics = TestKafka.freshTopics(LostEndIT.class);

    @BeforeAll
    static void start(@TempDir Path folder) {
        brokers = BrokerCluster.start(folder, 3, Map.of("auto.leader.rebalance.enable", "false"));
    }

    @AfterAll
    static void stop() {
        brokers.close();
    }

    @Test
    void takesNoRecordsForOnesThatItHasHad() throws Exception {
        ProcessorConfig config = withTopics();
        try (ProcessorUnderTest processor = new ProcessorUnderTest(config).startAndAwaitReady()) {
            processor.awaitProgress(processor.submit(1, ProcessorUnderTest.body("on both")));
            end(brokers.broker(KEPT));
            long last = submit(processor, 3, "on one only").getLast();
            processor.awaitProgress(last);

            haveTheOtherOneLead();
            List<Long> anew = submit(processor, 5, "anew");

            assertThat(anew).contains(last);
            awaitSaysSoForGood(processor);
            processor.stop();
            processor.start();
            awaitSaysSoForGood(processor);
            assertThat(processor.stored(anew.getLast())).isNull();

            processor.stop();
            requireAnewAfterARebuild(config, processor, anew);
        }
    }

    /** Progress has not passed the lost records, so no leader epoch tells of them. */
    @Test
    void takesNoRecordsForOnesThatItHasStoredWithoutPassingThem() throws Exception {
        ProcessorConfig config = withTopics();
        try (ProcessorUnderTest processor = new ProcessorUnderTest(config).startAndAwaitReady()) {
            processor.awaitProgress(processor.submit(1, ProcessorUnderTest.body("on both")));
            limitOutcomes(TOO_SMALL_FOR_ANY);
            end(brokers.broker(KEPT));
            List<Long> lost = submit(processor, 3, "on one only");
            processor.awaitStored(lost.getFirst());
            assertThat(processor.progress(0)).isEqualTo(1);
            processor.stop();

            haveTheOtherOneLead();
            List<Long> anew = submit(processor, 5, "anew");
            assertThat(anew).containsAll(lost);
            limitOutcomes(TopicSettings.MAX_MESSAGE_BYTES);
            processor.start();

            await().untilAsserted(() -> assertThat(processor.notReady())
                    .anySatisfy(state ->
                            assertThat(state.detail()).contains("another record under id 512", "sluice rebuild")));
            processor.stop();
            assertThat(processor.progress(0)).isEqualTo(1);
            requireAnewAfterARebuild(config, processor, anew);
        }
    }

    /** As after brokers were restored to an earlier state: Kafka's client would wait silently for a leader with the store's epoch. */
    @Test
    void refusesALogThatKnowsNoLeaderAsLateAsTheStore() {
        ProcessorConfig config = FreshConfig.of(LostEndIT.class, 1);
        try (ProcessorUnderTest processor = new ProcessorUnderTest(config).startAndAwaitReady()) {
            processor.awaitProgress(processor.submit(1, ProcessorUnderTest.body("known")));
            processor.stop();
            setEpoch(processor, 99);
            processor.start();
            await().untilAsserted(() -> assertThat(processor.notReady())
                    .anySatisfy(state -> assertThat(state.detail()).contains("has lost its end", "epoch 99")));
            processor.stop();
            setEpoch(processor, 0);

            processor.startAndAwaitReady().awaitProgress(processor.submit(1, ProcessorUnderTest.body("next")));
        }
    }

    private static void requireAnewAfterARebuild(ProcessorConfig config, ProcessorUnderTest processor, List<Long> anew)
            throws InterruptedException {
        new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC())
                .run(new RebuildOptions(false, false, Duration.ZERO), RebuildListener.NONE);
        processor.startAndAwaitReady();
        for (long id : anew) {
            await().untilAsserted(() ->
                    assertThat(new String(processor.get(1, id).body(), UTF_8)).contains("anew"));
        }
        assertThat(processor.audit().flaws()).isEmpty();
    }

    private static List<Long> submit(ProcessorUnderTest processor, int count, String ref) {
        return IntStream.range(0, count)
                .mapToObj(_ -> processor.submit(1, ProcessorUnderTest.body(ref)))
                .toList();
    }

    private void limitOutcomes(int bytes) throws Exception {
        new TopicUnderTest(brokers.properties(), topics)
                .set(topics.outcomes(), TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    }

    private static void setEpoch(ProcessorUnderTest processor, int epoch) {
        processor
                .collection("progress")
                .updateMany(
                        new Document("leader_epoch", new Document("$exists", true)),
                        new Document("$set", new Document("leader_epoch", epoch)));
    }

    /** For longer than a partition rests after a failure. */
    private static void awaitSaysSoForGood(ProcessorUnderTest processor) {
        await().during(Duration.ofSeconds(6)).untilAsserted(() -> assertSaysSo(processor));
    }

    private static void assertSaysSo(ProcessorUnderTest processor) {
        assertThat(processor.notReady())
                .anySatisfy(state -> assertThat(state.detail()).contains("lost", "offset 1 "));
    }

    private void haveTheOtherOneLead() throws Exception {
        end(brokers.broker(LOST));
        brokers.restart(KEPT);
        try (Admin admin = Admin.create(brokers.properties())) {
            await().ignoreExceptions().until(() -> {
                admin.electLeaders(ElectionType.UNCLEAN, Set.of(new TopicPartition(topics.submissions(), 0)))
                        .all()
                        .get();
                return brokers.leader(topics.submissions(), 0) == KEPT;
            });
        }
    }

    /** A killed broker would be waited for: it counts as alive until its session has timed out. */
    private static void end(ChildJvm broker) {
        broker.terminate();
        broker.awaitExit(PATIENCE);
    }

    private ProcessorConfig withTopics() throws Exception {
        if (!brokers.broker(LOST).isAlive()) {
            brokers.restart(LOST);
        }
        brokers.awaitAll();
        List<NewTopic> made = TopicSettings.all(topics, 1).stream()
                .map(topic -> new NewTopic(
                                topic.name(),
                                Map.of(0, topic.name().equals(topics.submissions()) ? List.of(2, 1) : List.of(3)))
                        .configs(with(topic.configuration(), "min.insync.replicas", "1")))
                .toList();
        try (Admin admin = Admin.create(brokers.properties())) {
            admin.createTopics(made).all().get();
        }
        brokers.awaitAll();
        return FreshConfig.of(brokers.properties(), LostEndIT.class, topics, 1);
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(name, value);
        return all;
    }
}
