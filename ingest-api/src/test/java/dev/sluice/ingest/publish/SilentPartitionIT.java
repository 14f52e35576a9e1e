package dev.sluice.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.settings.Heap;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.process.BrokerCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Each of the log's two partitions is on a broker of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SilentPartitionIT {

    private static final TopicSettings TOPIC = TopicSettings.submissions(TopicNames.DEFAULT, 2);
    private static final int ENDED = 1;
    private static final String LEADERLESS = "topic " + TOPIC.name() + " has no leader for its partitions [1]";
    private static final int CLIENTS = 20;
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(5);

    private static BrokerCluster brokers;

    private KafkaSubmissions submissions;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        brokers = BrokerCluster.start(folder, 3, Map.of());
        try (Admin admin = Admin.create(brokers.properties())) {
            NewTopic topic = new NewTopic(TOPIC.name(), Map.of(0, List.of(1), 1, List.of(ENDED + 1)));
            admin.createTopics(List.of(topic.configs(TOPIC.configuration())))
                    .all()
                    .get();
        }
        brokers.awaitAll();
    }

    @AfterAll
    static void stop() {
        brokers.close();
    }

    @BeforeEach
    void connect() {
        submissions = KafkaSubmissions.start(
                KafkaLog.of(brokers.properties(), TopicNames.DEFAULT),
                ACK_TIMEOUT,
                Heap.ofProcess(),
                () -> true,
                new SimpleMeterRegistry());
        await().until(() -> publish(1).isInTheLog());
    }

    @AfterEach
    void disconnect() {
        submissions.close();
    }

    /** Whether it is silent is told by the partition that is expected of a project. */
    @Test
    void expectsProjectsInThePartitionsThatTheProducerChooses() {
        assertThat(LongStream.rangeClosed(1, 50).boxed())
                .allSatisfy(project -> assertThat(publish(project))
                        .isInstanceOfSatisfying(
                                Publication.Logged.class,
                                logged -> assertThat(logged.id().partition())
                                        .isEqualTo(ProjectKey.partition(project, 2))));
    }

    /** The last one, because it ends a broker. */
    @Test
    @Order(Integer.MAX_VALUE)
    void keepsNobodyFromTheOthersHoweverOftenItsClientsTryAgain() throws Exception {
        long well = projectIn(0);
        long silent = projectIn(1);
        BlockingQueue<Publication> given = new LinkedBlockingQueue<>();
        try (LoggedLines said = new LoggedLines(TopicWatch.class);
                ScheduledExecutorService clients = Executors.newScheduledThreadPool(
                        CLIENTS, Thread.ofVirtual().factory())) {
            // A killed one would be waited for: it counts as alive until its session has timed out.
            brokers.broker(ENDED).terminate();
            await().until(() -> topic().detail().contains(LEADERLESS));
            for (int client = 0; client < CLIENTS; client++) {
                var _ = clients.scheduleWithFixedDelay(() -> given.add(publish(silent)), 0, 100, TimeUnit.MILLISECONDS);
            }
            for (int time = 0; time < 2; time++) {
                await().until(() -> given.contains(new Publication.Unknown()));
                given.clear();
                assertThat(publish(well)).isInstanceOf(Publication.Logged.class);
            }
            await().until(() -> given.contains(new Publication.NotSent()));
            assertThat(topic().ready()).isTrue();
            assertThat(said.all()).filteredOn(line -> line.contains(LEADERLESS)).hasSize(1);
        }
    }

    /** Its client has gone, say, or the server closes. */
    @Test
    void isNotTakenForSilentBecauseAWaitWasInterrupted() {
        Thread.currentThread().interrupt();
        Publication interrupted = publish(1);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(interrupted.isInTheLog()).isFalse();
        assertThat(publish(1)).isInstanceOf(Publication.Logged.class);
    }

    private ReadinessCheck.State topic() {
        return submissions.readiness().stream()
                .filter(check -> check.name().equals("submissions-topic"))
                .map(check -> check.state().get())
                .findFirst()
                .orElseThrow();
    }

    private Publication publish(long project) {
        return submissions.publish("token", new Submission(project, "{}".getBytes(UTF_8), new RecordHeaders()));
    }

    private static long projectIn(int partition) {
        return LongStream.iterate(1, project -> project + 1)
                .filter(project -> ProjectKey.partition(project, 2) == partition)
                .findFirst()
                .orElseThrow();
    }
}
