package dev.sluice.endtoend;

import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.LogConfig;
import dev.sluice.processor.ProcessorConfig;
import dev.sluice.processor.SessionProcessor;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import dev.sluice.test.process.InstalledTopics;
import dev.sluice.test.process.ServiceProcess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            try (ServiceProcess ingest = ingest(IdBase.NONE).awaitReady()) {
                await().atMost(PATIENCE).until(() -> !says(ingest, "no processor has told"));
                assertThat(post(ingest).statusCode()).isEqualTo(201);
            }

            topics.makeSubmissionsAnew(PARTITIONS);

            try (ServiceProcess ingest = ingest(IdBase.NONE)) {
                assertRefuses(ingest, "is not the one that the store is filled from");
            }
            next = advised(await().atMost(PATIENCE).until(processor::refusal, Optional::isPresent)
                    .orElseThrow());
        }

        try (ServiceProcess ingest = ingest(next)) {
            assertRefuses(ingest, KafkaSettings.IDS_BASE + " that is set here (" + next.value() + ")");
            try (SessionProcessor _ = processor(next)) {
                ingest.awaitReady();

                String location = post(ingest).headers().firstValue("Location").orElseThrow();
                assertThat(Long.parseLong(location.replaceAll(".*/(\\d+)/$", "$1")))
                        .isGreaterThanOrEqualTo(next.value() + 256);
            }
        }
    }

    private void assertRefuses(ServiceProcess ingest, String sentence) throws Exception {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> says(ingest, sentence) && !says(ingest, "has not been read yet"));
        HttpResponse<String> refused = post(ingest);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("not accepted", "its topic cannot be used");
    }

    private static boolean says(ServiceProcess ingest, String sentence) throws IOException {
        return ingest.get("/observe/health/ready").body().contains(sentence);
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

    private ServiceProcess ingest(IdBase ids) {
        TopicNames names = topics.names();
        return ServiceProcess.ingestApi(Map.of(
                KafkaSettings.BOOTSTRAP_SERVERS,
                String.valueOf(topics.kafka().get("bootstrap.servers")),
                KafkaSettings.TOPIC_PREFIX,
                names.prefix(),
                KafkaSettings.PARTITIONS,
                Integer.toString(PARTITIONS),
                KafkaSettings.IDS_BASE,
                Long.toString(ids.value())));
    }

    private HttpResponse<String> post(ServiceProcess ingest) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(ingest.address().resolve("/api/v2/projects/1/analysis-sessions/"))
                        .header("Authorization", "Token " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(SESSION))
                        .build(),
                BodyHandlers.ofString());
    }
}
