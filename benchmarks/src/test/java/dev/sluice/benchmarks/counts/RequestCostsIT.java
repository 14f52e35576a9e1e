package dev.sluice.benchmarks.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.load.Posts;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.access.KafkaAccessTokens;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.server.ApiServer;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.ingest.IngestApi;
import dev.sluice.ingest.IngestConfig;
import dev.sluice.service.kafka.KafkaLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends small sessions one after another over one connection, through the whole of ingest-api. */
class RequestCostsIT {

    private static final int WARM_UP = 200;
    private static final int MEASURED = 500;

    // Includes the client's allocations. It was 33,000 when the bound was set, with the JIT compiler barely started.
    private static final int MOST_ALLOCATED = 38_000;
    private static final int MOST_ANSWERED = 480;
    // A body of about 360 bytes, and a separate batch around each record.
    private static final double MOST_SENT_TO_KAFKA = 850;

    private static final PrometheusMeterRegistry METERS = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    // A separate process, so that its allocations are not counted.
    private static Kafka kafka;
    private static Topics topics;
    private static KafkaAccessTokens tokens;
    private static IngestApi ingest;
    private static ApiServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        kafka = Kafka.start(folder.resolve("kafka"));
        TopicNames names = TopicNames.DEFAULT;
        topics = Topics.make(kafka.properties(), names, 3);
        tokens = new KafkaAccessTokens(kafka.properties(), names, Clock.systemUTC());
        tokens.start();
        ingest = IngestApi.start(IngestConfig.of(KafkaLog.of(kafka.properties(), names)), METERS);
        ApiRoutes routes = new ApiRoutes();
        ingest.register(routes);
        List<ReadinessCheck> checks = new ArrayList<>(ingest.readiness());
        checks.add(tokens.readiness());
        server = ApiServer.start(HttpConfig.defaults().withPort(0), routes, tokens, checks, METERS);
        await().until(() ->
                checks.stream().allMatch(check -> check.state().get().ready()));
    }

    @AfterAll
    static void stop() {
        server.close();
        ingest.close();
        tokens.close();
        kafka.close();
    }

    @Test
    void allocatesLittleForARequest() throws IOException {
        try (Posts posts = Posts.to("127.0.0.1:" + server.port(), topics.token(), SessionSize.SMALL)) {
            posts.post(WARM_UP);
            long before = Allocations.ofAllThreads();

            posts.post(MEASURED);

            assertThat((Allocations.ofAllThreads() - before) / MEASURED).isLessThanOrEqualTo(MOST_ALLOCATED);
        }
    }

    @Test
    void answersInFewBytes() throws IOException {
        try (Posts posts = Posts.to("127.0.0.1:" + server.port(), topics.token(), SessionSize.SMALL)) {
            assertThat(posts.post(MEASURED) / MEASURED).isLessThanOrEqualTo(MOST_ANSWERED);
        }
    }

    @Test
    void sendsKafkaLittleMoreThanTheBody() throws IOException {
        try (Posts posts = Posts.to("127.0.0.1:" + server.port(), topics.token(), SessionSize.SMALL)) {
            posts.post(WARM_UP);
            double before = sentToKafka();

            posts.post(MEASURED);

            assertThat((sentToKafka() - before) / MEASURED).isPositive().isLessThanOrEqualTo(MOST_SENT_TO_KAFKA);
        }
    }

    private static double sentToKafka() {
        return METERS.find("kafka.producer.outgoing.byte.total").functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }
}
