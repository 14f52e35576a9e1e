package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.endtoend.faults.Attempts.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * Scanners that each submit one session after another, half of them under Idempotency-Keys, and remember every
 * response. A submission with a key is repeated until it is accepted, and sometimes once more after that; one without a
 * key is submitted once. The submissions depend only on the seed.
 */
final class Workload implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final int PROJECTS = 4;
    private static final int SHORT = 200;
    private static final int PAUSE_MILLIS = 40;
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(60);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(CLIENTS);
    private final Queue<Attempts> submitted = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final URI edge;
    private final String token;
    private final long firstProject;
    private final int longestText;
    private volatile boolean ending;

    /** Submits to {@code edge}, for projects from {@code firstProject} on that no other workload uses. */
    Workload(long seed, URI edge, String token, long firstProject) {
        this(seed, edge, token, firstProject, SHORT);
    }

    /** Submits sessions with up to {@code longestText} bytes of findings. */
    Workload(long seed, URI edge, String token, long firstProject, int longestText) {
        this.longestText = longestText;
        this.edge = edge;
        this.token = token;
        this.firstProject = firstProject;
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(new Random(seed + firstProject + i), "c" + firstProject + "-" + i));
        }
    }

    /** Starts submitting. */
    Workload start() {
        for (Client client : clients) {
            running.add(pool.scheduleWithFixedDelay(client, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        }
        return this;
    }

    /** Returns when {@code count} more submissions have been accepted. */
    void awaitMoreAccepted(int count) {
        awaitMore(count, "accepted", this::accepted);
    }

    /** Returns when {@code count} more attempts have been answered with 503. */
    void awaitMoreUnavailable(int count) {
        awaitMore(count, "answers of 503", this::unavailable);
    }

    private void awaitMore(int count, String what, LongSupplier counted) {
        long wanted = counted.getAsLong() + count;
        Awaitility.await()
                .atMost(SETTLED_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(hasFailed() || counted.getAsLong() >= wanted)
                        .as("%d %s; answers by status: %s", wanted, what, answersByStatus())
                        .isTrue());
        requireNoFailure();
    }

    /** The number of submissions accepted so far. */
    long accepted() {
        return submitted.stream().filter(Attempts::isAccepted).count();
    }

    /** The number of attempts answered with 503 so far. */
    long unavailable() {
        return answers().stream().filter(Answer::isUnavailable).count();
    }

    /** Starts no new submissions, repeats those with a key until they are accepted, and stops. */
    Workload settle() {
        ending = true;
        Awaitility.await("everything with a key accepted")
                .atMost(SETTLED_WITHIN)
                .until(() -> hasFailed() || clients.stream().allMatch(Client::isIdle));
        requireNoFailure();
        close();
        return this;
    }

    private Map<Integer, Long> answersByStatus() {
        return answers().stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
    }

    /** All submissions so far. */
    List<Attempts> submitted() {
        return List.copyOf(submitted);
    }

    /** All responses so far. */
    List<Answer> answers() {
        return submitted.stream().flatMap(one -> one.answers().stream()).toList();
    }

    /** The projects of the submissions. */
    List<Long> projects() {
        List<Long> projects = new ArrayList<>();
        for (int i = 0; i < PROJECTS; i++) {
            projects.add(firstProject + i);
        }
        return projects;
    }

    @Override
    public void close() {
        ending = true;
        pool.shutdown();
        http.shutdown();
    }

    private void requireNoFailure() {
        for (Future<?> client : running) {
            if (client.state() == Future.State.FAILED) {
                throw new AssertionError("a client came to an end", client.exceptionNow());
            }
        }
    }

    private boolean hasFailed() {
        return running.stream().anyMatch(client -> client.state() == Future.State.FAILED);
    }

    private Answer post(Attempts submission) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        edge.resolve("/api/v2/projects/" + submission.project() + "/analysis-sessions/"))
                .timeout(ANSWERED_WITHIN)
                .header("Authorization", "Token " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(submission.body()));
        if (submission.key() != null) {
            request.header("Idempotency-Key", submission.key());
        }
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Retry-After").orElse(""),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (java.net.http.HttpTimeoutException e) {
            throw new AssertionError(submission.reference() + " was not answered within " + ANSWERED_WITHIN, e);
        } catch (IOException e) {
            return new Answer(0, e.toString(), "", Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** One scanner; each run sends one request. */
    private final class Client implements Runnable {

        private static final int ONE_IN_SO_MANY_IS_REPEATED = 8;
        private static final int TURNS_MISSED_WITHOUT_A_CONNECTION = 10;

        private final Random random;
        private final String name;
        private final List<Attempts> pending = new ArrayList<>();
        private int number;
        private int turnsToMiss;
        private volatile boolean idle;

        Client(Random random, String name) {
            this.random = random;
            this.name = name;
        }

        boolean isIdle() {
            return idle;
        }

        @Override
        public void run() {
            try {
                if (turnsToMiss > 0) {
                    turnsToMiss--;
                } else if (!pending.isEmpty() && (ending || random.nextInt(3) == 0)) {
                    submit(pending.removeFirst());
                } else if (!ending) {
                    submit(next());
                } else {
                    idle = true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void submit(Attempts submission) throws InterruptedException {
            Answer answer = post(submission);
            submission.answers().add(answer);
            turnsToMiss = answer.isConnectionLost() ? TURNS_MISSED_WITHOUT_A_CONNECTION : 0;
            boolean repeated = answer.isAccepted() && !ending && random.nextInt(ONE_IN_SO_MANY_IS_REPEATED) == 0;
            if (submission.key() != null && (repeated || !submission.isAccepted())) {
                pending.add(submission);
            }
        }

        private Attempts next() {
            long project = firstProject + random.nextInt(PROJECTS);
            String reference = name + "-" + ++number;
            String body = """
                    {"analysis_ref":"%s","analysis_type":"fortify","extra":{"n":%d},"notes":[{"task":"%d-T%d","behaviour":"combine",\
                    "confidence":"low","findings":[{"count":2,"desc":"%s"}],"status":"fail"}]}""".formatted(
                            reference, number, project, 1 + random.nextInt(9), "x".repeat(random.nextInt(longestText)));
            Attempts submission =
                    new Attempts(project, reference, random.nextBoolean() ? "key-" + reference : null, body);
            submitted.add(submission);
            return submission;
        }
    }
}
