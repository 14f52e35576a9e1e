package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.test.process.InstalledTopics;
import dev.sluice.test.process.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** The only broker that has a partition of the log has ended. */
class LeaderlessPartitionIT {

    private static final TopicNames TOPICS = new TopicNames("leaderless.");
    private static final String SENTENCE = "topic leaderless.analysis-submissions has no leader for its partitions [1]";
    private static final int ENDED = 1;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation installation = Installation.shared();
    private final InstalledTopics topics =
            new InstalledTopics(installation.brokers().properties(), TOPICS);

    @Test
    void isSaidByBothServicesWhichGoOnWithTheOthers() throws Exception {
        makeTopics();
        String token = topics.token(Role.ADMINISTRATOR);
        Map<String, String> environment =
                installation.environment(Map.of("SLUICE_TOPIC_PREFIX", TOPICS.prefix(), "SLUICE_PARTITIONS", "2"));
        try (ServiceProcess ingest = ServiceProcess.ingestApi(environment);
                ServiceProcess processor = processor(environment)) {
            ingest.awaitReady();
            processor.awaitReady();

            installation.brokers().broker(ENDED).kill();

            assertSays(ingest, "\"submissions-topic\",\"status\":\"UP\",\"detail\":\"");
            // The consumer is red as well if the broker was its group's coordinator: it opens the partition again.
            assertSays(processor, "\"processor-startup\",\"status\":\"UP\",\"detail\":\"");
            assertThat(submit(ingest, token, projectIn(0)).statusCode()).isEqualTo(201);
            await().atMost(SOON).until(() -> processor.metric("sluice_processor_records_total") == 1);
            assertThat(linesOf(processor)).hasSize(1);
            assertThat(linesOf(ingest)).hasSize(1);
        } finally {
            installation.brokers().restart(ENDED);
            installation.brokers().awaitAll();
        }
    }

    private static void assertSays(ServiceProcess service, String check) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(service.get("/observe/health/ready").body())
                                .containsPattern(Pattern.quote(check) + "[^\"]*" + Pattern.quote(SENTENCE)));
    }

    private static List<String> linesOf(ServiceProcess service) throws IOException {
        try (Stream<String> lines = Files.lines(service.process().log())) {
            return lines.filter(line -> line.contains(SENTENCE)).toList();
        }
    }

    private ServiceProcess processor(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("SLUICE_MONGODB", installation.store().uri("leaderless"));
        return ServiceProcess.sessionProcessor(all);
    }

    private void makeTopics() throws Exception {
        List<NewTopic> made = TopicSettings.all(TOPICS, 2).stream()
                .map(topic -> new NewTopic(
                                topic.name(),
                                topic.name().equals(TOPICS.submissions())
                                        ? Map.of(0, List.of(1), 1, List.of(ENDED + 1))
                                        : Map.of(0, List.of(3)))
                        .configs(topic.configuration()))
                .toList();
        try (Admin admin = Admin.create(topics.kafka())) {
            admin.createTopics(made).all().get();
        }
        installation.brokers().awaitAll();
    }

    private static long projectIn(int partition) {
        return LongStream.iterate(1, project -> project + 1)
                .filter(project -> ProjectKey.partition(project, 2) == partition)
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> submit(ServiceProcess ingest, String token, long project)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(
                                    ingest.address().resolve("/api/v2/projects/" + project + "/analysis-sessions/"))
                            .header("Authorization", "Token " + token)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"analysis_ref\":\"a\",\"analysis_type\":\"fortify\"}"))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
