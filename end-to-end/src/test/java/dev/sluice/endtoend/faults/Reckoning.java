package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.endtoend.faults.Attempts.Answer;
import dev.sluice.test.process.InstalledTopics;
import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.process.StandaloneProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares what clients were told with the log, and the log with what can be read. */
final class Reckoning {

    private static final Duration PROCESSED_WITHIN = Duration.ofSeconds(90);

    private final Workload workload;
    private final SubmissionsInLog log;
    private final SessionReader reader;

    Reckoning(Workload workload, SubmissionsInLog log, SessionReader reader) {
        this.workload = workload;
        this.log = log;
        this.reader = reader;
    }

    /** For a workload on a running standalone. */
    static Reckoning of(Workload workload, StandaloneProcess standalone, ServiceProcess running, String token) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", "127.0.0.1:" + standalone.kafkaPort());
        SubmissionsInLog log = SubmissionsInLog.read(new InstalledTopics(kafka, TopicNames.DEFAULT));
        return new Reckoning(workload, log, new SessionReader(running.address(), token));
    }

    /** Checks everything, and prints a line with the injected faults and the results. */
    void holds(String injected) {
        requireProperAnswers();
        workload.submitted().forEach(this::requireLogged);
        Map<Long, String> sessions = requireStoredOnce();
        workload.submitted().forEach(this::requireReadable);
        System.out.println(line(injected, sessions.size()));
        reader.close();
    }

    /** Checks that requests in progress were completed before the connection was lost: no record was written without a response. */
    Reckoning drained() {
        for (Attempts submission : workload.submitted()) {
            if (submission.answers().stream().allMatch(Answer::isConnectionLost)) {
                assertThat(log.of(submission.reference()))
                        .as("records of %s, which was never answered: %s", submission.reference(), submission.answers())
                        .isEmpty();
            }
        }
        return this;
    }

    private void requireProperAnswers() {
        for (Attempts submission : workload.submitted()) {
            for (Answer answer : submission.answers()) {
                assertThat(answer.status())
                        .as("answer to %s: %s", submission.reference(), answer.body())
                        .isIn(0, 201, 202, 503);
                assertThat(answer.isUnavailable() && answer.retryAfter().isEmpty())
                        .as("503 without Retry-After to %s", submission.reference())
                        .isFalse();
            }
        }
    }

    private void requireLogged(Attempts submission) {
        SortedMap<Long, String> records = log.of(submission.reference());
        assertThat(records.values()).allMatch(submission.body()::equals);
        assertThat(records.size())
                .as("records of %s, answered %s", submission.reference(), submission.answers())
                .isLessThanOrEqualTo(submission.answers().size());
        for (Answer answer : submission.answers()) {
            if (answer.isCreated()) {
                assertThat(records)
                        .as("records of %s by id, answered %s", submission.reference(), answer.body())
                        .containsKey(id(answer));
            }
        }
        if (submission.isAccepted()) {
            assertThat(records)
                    .as("records of %s, which was accepted", submission.reference())
                    .isNotEmpty();
        }
        if (submission.answers().stream().allMatch(Answer::isNotAccepted)) {
            assertThat(records)
                    .as("records of %s, which was not accepted", submission.reference())
                    .isEmpty();
        }
    }

    /** Every record is a session, except that records with the same key yield only the first one. */
    private Map<Long, String> requireStoredOnce() {
        Map<Long, String> expected = new TreeMap<>();
        for (Attempts submission : workload.submitted()) {
            SortedMap<Long, String> records = log.of(submission.reference());
            if (submission.key() == null) {
                records.keySet().forEach(id -> expected.put(id, submission.reference()));
            } else if (!records.isEmpty()) {
                expected.put(records.firstKey(), submission.reference());
            }
        }
        Map<Long, String> found = new TreeMap<>();
        Awaitility.await("the projection of the log")
                .atMost(PROCESSED_WITHIN)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    found.clear();
                    workload.projects().forEach(project -> found.putAll(reader.list(project)));
                    assertThat(found).isEqualTo(expected);
                });
        return found;
    }

    private void requireReadable(Attempts submission) {
        for (Answer answer : submission.answers()) {
            if (!answer.isCreated()) {
                continue;
            }
            HttpResponse<String> read = reader.get(submission.project(), id(answer));
            assertThat(read.statusCode())
                    .as("GET of %s, answered %s", submission.reference(), answer.body())
                    .isEqualTo(200);
            JsonNode told = json(answer.body());
            JsonNode found = json(read.body());
            if (submission.key() == null) {
                assertThat(found).isEqualTo(told);
            } else {
                assertThat(found.path("id").longValue())
                        .isEqualTo(log.of(submission.reference()).firstKey());
                assertThat(found.path("analysis_ref")).isEqualTo(told.path("analysis_ref"));
                assertThat(found.path("extra")).isEqualTo(told.path("extra"));
            }
        }
    }

    private String line(String injected, int sessions) {
        long records = workload.submitted().stream()
                .mapToLong(submission -> log.of(submission.reference()).size())
                .sum();
        return "Faults, seed %d: %s; %d requests for %d sessions: %d x 201, %d x 503 (%d of unknown outcome), %d connections lost, longest answer %d ms; %d records, %d sessions"
                .formatted(
                        Faults.seed(),
                        injected,
                        workload.answers().size(),
                        workload.submitted().size(),
                        workload.answers().stream().filter(Answer::isCreated).count(),
                        workload.unavailable(),
                        workload.answers().stream()
                                .filter(answer -> answer.isUnavailable() && !answer.isNotAccepted())
                                .count(),
                        workload.answers().stream()
                                .filter(Answer::isConnectionLost)
                                .count(),
                        workload.answers().stream()
                                .map(Answer::took)
                                .max(Duration::compareTo)
                                .orElse(Duration.ZERO)
                                .toMillis(),
                        records,
                        sessions);
    }

    private static long id(Answer answer) {
        return json(answer.body()).path("id").longValue();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
