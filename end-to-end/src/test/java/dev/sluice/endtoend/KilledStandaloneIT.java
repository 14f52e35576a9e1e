package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.process.StandaloneProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** What was answered with 201 is stored exactly once after the process was killed. */
class KilledStandaloneIT {

    private static final String SESSIONS = "/api/v2/projects/%d/analysis-sessions/";
    private static final int CLIENTS = 4;
    private static final int ANSWERS_BEFORE_THE_KILL = 400;
    private static final ObjectMapper JSON = JsonMapper.shared();

    @TempDir
    private Path data;

    @Test
    void keepsEverySessionThatWasAnswered() throws Exception {
        Map<Long, String> answered = new ConcurrentHashMap<>();

        try (Standalone standalone = Standalone.start(data)) {
            submitUntilKilled(standalone, answered);
        }

        assertThat(answered).hasSizeGreaterThanOrEqualTo(ANSWERS_BEFORE_THE_KILL);
        try (Standalone standalone = Standalone.start(data)) {
            for (Map.Entry<Long, String> session : answered.entrySet()) {
                assertReads(standalone, session.getKey(), session.getValue());
            }
            assertListsEachOnce(standalone, answered);
        }
    }

    @Test
    void stopsWithinTenSecondsAndRefusesASecondStartOnTheSameData() throws IOException, InterruptedException {
        try (Standalone standalone = Standalone.start(data)) {
            try (ServiceProcess second = StandaloneProcess.in(data).startJar()) {
                assertThat(second.process().awaitExit(Duration.ofSeconds(20))).isNotZero();
                // What a JVM says of JAVA_TOOL_OPTIONS is not ours.
                assertThat(Files.readAllLines(second.process().log()))
                        .filteredOn(line -> !line.startsWith("Picked up "))
                        .hasSize(1);
            }

            standalone.service().process().terminate();

            standalone.service().process().awaitExit(Duration.ofSeconds(10));
        }
    }

    private static void submitUntilKilled(Standalone standalone, Map<Long, String> answered)
            throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> submitting = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                submitting.add(clients.submit(() -> submitWhileAnswered(standalone, next, answered)));
            }
            Awaitility.await("enough answers")
                    .until(() -> answered.size() >= ANSWERS_BEFORE_THE_KILL
                            || submitting.stream().anyMatch(Future::isDone));
            standalone.service().process().kill();
            for (Future<?> client : submitting) {
                client.get();
            }
        }
    }

    private static void submitWhileAnswered(Standalone standalone, AtomicInteger next, Map<Long, String> answered) {
        try {
            while (true) {
                int number = next.incrementAndGet();
                String reference = "build-" + number;
                HttpResponse<String> answer = standalone.post(
                        SESSIONS.formatted(1 + number % 3), """
                        {"analysis_ref":"%s","analysis_type":"fortify","extra":{"n":%d},"notes":[{"task":"%d-T6","behaviour":"combine",\
                        "confidence":"low","findings":[{"count":2,"desc":"Cross-Site Scripting"}],"status":"fail"}]}""".formatted(reference, number, 1 + number % 3));
                assertThat(answer.statusCode()).as(answer::body).isEqualTo(201);
                answered.put(JSON.readTree(answer.body()).path("id").longValue(), answer.body());
            }
        } catch (IOException e) {
            // The process was killed, which is the point of this test.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertReads(Standalone standalone, long id, String session)
            throws IOException, InterruptedException {
        int number = JSON.readTree(session).path("extra").path("n").intValue();
        HttpResponse<String> read = standalone.get(SESSIONS.formatted(1 + number % 3) + id + "/");

        assertThat(read.statusCode()).as("status of session %d", id).isEqualTo(200);
        assertThat(JSON.readTree(read.body())).isEqualTo(JSON.readTree(session));
    }

    private static void assertListsEachOnce(Standalone standalone, Map<Long, String> answered)
            throws IOException, InterruptedException {
        Set<Long> listed = new HashSet<>();
        for (int project = 1; project <= 3; project++) {
            for (JsonNode session : JSON.readTree(
                            standalone.get(SESSIONS.formatted(project)).body())
                    .path("results")) {
                assertThat(listed.add(session.path("id").longValue()))
                        .as("%s is listed once", session)
                        .isTrue();
            }
        }
        assertThat(listed).containsAll(answered.keySet());
    }
}
