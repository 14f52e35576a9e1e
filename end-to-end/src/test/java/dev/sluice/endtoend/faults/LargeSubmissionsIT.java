package dev.sluice.endtoend.faults;

import static dev.sluice.test.Patience.DESPITE_FAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.User;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.process.InstalledTopics;
import dev.sluice.test.process.ServiceProcess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Kafka delivers a batch as compressed by its producer; its expanded contents must not be in memory all at once. */
class LargeSubmissionsIT {

    // Together more than the heap of 256 MiB when expanded, but a few hundred KiB as sent.
    private static final int SUBMISSIONS = 40;
    private static final int BYTES = 7 * 1024 * 1024;
    private static final long PROJECT = 1;

    @Test
    void areProcessedThoughAllOfThemTogetherHaveNoRoom() throws Exception {
        Installation installation = Installation.shared();
        InstalledTopics topics = InstalledTopics.make(installation.brokers().properties(), new TopicNames("large."), 1);
        String token = topics.token(Role.ADMINISTRATOR);
        fill(topics);
        Map<String, String> environment = installation.environment(Map.of(
                "SLUICE_TOPIC_PREFIX", "large.",
                "SLUICE_PARTITIONS", "1",
                "SLUICE_MONGODB", installation.store().uri("large")));

        try (ServiceProcess processor = ServiceProcess.sessionProcessor(environment);
                SessionReader reader = new SessionReader(processor.address(), token)) {
            processor.awaitReady();

            Awaitility.await().atMost(DESPITE_FAULTS).untilAsserted(() -> {
                assertThat(processor.process().isAlive())
                        .as(processor.process()::lastLines)
                        .isTrue();
                assertThat(reader.list(PROJECT)).hasSize(SUBMISSIONS);
            });
        }
    }

    private static void fill(InstalledTopics topics) throws Exception {
        byte[] body = ("{" + " ".repeat(BYTES) + "\"analysis_ref\":\"large\",\"analysis_type\":\"fortify\"}")
                .getBytes(StandardCharsets.UTF_8);
        Map<String, Object> settings = new HashMap<>(topics.kafka());
        settings.put("acks", "all");
        settings.put("compression.type", "zstd");
        settings.put("max.request.size", 10 * 1024 * 1024);
        settings.put("buffer.memory", 64 * 1024 * 1024);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sends = new ArrayList<>();
            for (int i = 0; i < SUBMISSIONS; i++) {
                sends.add(producer.send(new ProducerRecord<>(
                        topics.names().submissions(),
                        null,
                        ProjectKey.of(PROJECT),
                        body,
                        SubmissionHeaders.ofSession(
                                UUID.randomUUID().toString(),
                                "/api/v2/projects/" + PROJECT + "/analysis-sessions/",
                                new User(599, "user@example.com", "Bob", "Smith"),
                                null,
                                null))));
            }
            for (Future<?> send : sends) {
                send.get(DESPITE_FAULTS.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }
}
