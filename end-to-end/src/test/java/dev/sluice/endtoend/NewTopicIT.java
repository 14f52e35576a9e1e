package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.id.IdBase;
import dev.sluice.http.access.KafkaAccessTokens;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.server.ApiServer;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.ingest.IngestApi;
import dev.sluice.ingest.IngestConfig;
import dev.sluice.processor.LogConfig;
import dev.sluice.processor.ProcessorConfig;
import dev.sluice.processor.SessionProcessor;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.process.Closing;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import dev.sluice.test.process.InstalledTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The topic of submissions is deleted and created again, and ingest-api, which knows no store, is started again. */
class NewTopicIT {

    private static final int PARTITIONS = 2;
    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"fortify\"}";
    private static final Pattern ADVICE = Pattern.compile(KafkaSettings.IDS_BASE + " to (\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final InstalledTopics topics =
            InstalledTopics.make(TestKafka.properties(), TestKafka.freshTopics(NewTopicIT.class), PARTITIONS);
    private final String token = topics.token(Role.ADMINISTRATOR);
    private final String store = TestMongo.freshDatabase(NewTopicIT.class);

    @Test
    void getsNoSubmissionsUntilBothServicesHaveTheIdsThatTheProcessorAdvises() throws Exception {
        IdBase next;
        try (SessionProcessor processor = processor(IdBase.NONE)) {
            await().ignoreExceptions()
                    .until(() -> !topics.records(topics.names().installation()).isEmpty());
            try (RunningIngest ingest = new RunningIngest(log(IdBase.NONE))) {
                await().until(ingest::isReady);
                assertThat(post(ingest).statusCode()).isEqualTo(201);
            }

            topics.makeSubmissionsAnew(PARTITIONS);

            try (RunningIngest ingest = new RunningIngest(log(IdBase.NONE))) {
                assertRefuses(ingest, "is not the one that the store is filled from");
            }
            next = advised(
                    await().until(processor::refusal, Optional::isPresent).orElseThrow());
        }

        try (RunningIngest ingest = new RunningIngest(log(next))) {
            assertRefuses(ingest, KafkaSettings.IDS_BASE + " that is set here (" + next.value() + ")");
            try (SessionProcessor _ = processor(next)) {
                await().until(ingest::isReady);

                String location = post(ingest).headers().firstValue("Location").orElseThrow();
                assertThat(Long.parseLong(location.replaceAll(".*/(\\d+)/$", "$1")))
                        .isGreaterThanOrEqualTo(next.value() + 256);
            }
        }
    }

    private void assertRefuses(RunningIngest ingest, String sentence) throws Exception {
        await().until(() -> ingest.says(sentence) && !ingest.says("has not been read yet"));
        HttpResponse<String> refused = post(ingest);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("not accepted", "its topic cannot be used");
    }

    private static IdBase advised(String refusal) {
        Matcher advice = ADVICE.matcher(refusal);
        assertThat(advice.find()).as(refusal).isTrue();
        return new IdBase(Long.parseLong(advice.group(1)));
    }

    private SessionProcessor processor(IdBase ids) {
        LogConfig log = LogConfig.of(topics.names(), PARTITIONS).withIds(ids);
        return SessionProcessor.start(
                ProcessorConfig.of(topics.kafka(), store).withLog(log),
                StoreDurability.BY_ACKNOWLEDGEMENT,
                new SimpleMeterRegistry(),
                Clock.systemUTC());
    }

    private KafkaLog log(IdBase ids) {
        return new KafkaLog(topics.kafka(), topics.names(), OptionalInt.of(PARTITIONS), ids);
    }

    private HttpResponse<String> post(RunningIngest ingest) throws IOException, InterruptedException {
        URI sessions = URI.create("http://127.0.0.1:" + ingest.server.port() + "/api/v2/projects/1/analysis-sessions/");
        return http.send(
                HttpRequest.newBuilder(sessions)
                        .header("Authorization", "Token " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(SESSION))
                        .build(),
                BodyHandlers.ofString());
    }

    /** All of ingest-api, in this process. */
    private static final class RunningIngest implements AutoCloseable {

        private final IngestApi ingest;
        private final KafkaAccessTokens tokens;
        private final List<ReadinessCheck> checks;
        private final ApiServer server;

        RunningIngest(KafkaLog log) {
            PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            ingest = IngestApi.start(IngestConfig.of(log), meters);
            tokens = new KafkaAccessTokens(log.kafka(), log.topics(), Clock.systemUTC());
            tokens.start();
            checks = Stream.concat(ingest.readiness().stream(), Stream.of(tokens.readiness()))
                    .toList();
            ApiRoutes routes = new ApiRoutes();
            ingest.register(routes);
            server = ApiServer.start(HttpConfig.defaults().withPort(0), routes, tokens, checks, meters);
        }

        boolean isReady() {
            return states().allMatch(ReadinessCheck.State::ready);
        }

        boolean says(String sentence) {
            return states().anyMatch(state -> state.detail().contains(sentence));
        }

        private Stream<ReadinessCheck.State> states() {
            return checks.stream().map(check -> check.state().get());
        }

        @Override
        public void close() {
            server.close();
            Closing.together(ingest::close, tokens::close);
        }
    }
}
