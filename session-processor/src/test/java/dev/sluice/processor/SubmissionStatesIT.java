package dev.sluice.processor;

import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import dev.sluice.contract.access.User;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.lookup.SubmissionLog;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.count.MongoCounts;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.OwnProgress;
import dev.sluice.processor.read.submission.AwaitedSubmissions;
import dev.sluice.processor.read.submission.ReadAfter;
import dev.sluice.processor.read.submission.StoredSubmissions;
import dev.sluice.processor.read.submission.SubmissionLocator;
import dev.sluice.processor.read.submission.SubmissionReads;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.offsets.LogOffsets;
import dev.sluice.service.settings.Heap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SubmissionStatesIT {

    private static final Duration QUICK = Duration.ofSeconds(2);
    private static final long PROJECT = 5;
    // Half of the fewest slots that there are.
    private static final int SHARE = 2;

    private final ProcessorConfig config = FreshConfig.of(SubmissionStatesIT.class, 3);
    private final SubmissionsTopic topic = new SubmissionsTopic(config.topics().submissions(), IdBase.NONE);
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);
    private final SharedSlots largeReads = ReadBeans.largeReads(new Heap(1));

    @AfterEach
    void stop() {
        processor.close();
    }

    @Test
    void isPendingUntilItIsStored() {
        long id = processor.submit(PROJECT, ProcessorUnderTest.body("pending"));
        try (MongoClient client = MongoConnection.openAnother(new ConnectionString(config.mongodb()), QUICK);
                LogOffsets offsets = new LogOffsets(config.kafka(), "test", topic.name(), topic.ids());
                SubmissionLog log = new SubmissionLog(KafkaLog.of(config.kafka(), config.topics()), "test")) {
            SubmissionReads reads = reads(client, offsets, log);

            JsonNode pending = ProcessorUnderTest.json(
                    reads.get(FakeRequest.of(path(PROJECT, id))).body());

            assertThat(pending)
                    .hasToString(
                            "{\"id\":" + id + ",\"state\":\"pending\",\"session\":null,\"errors\":null,\"received\":"
                                    + pending.get("received") + ",\"processed\":null}");
            for (String nowhere :
                    List.of(path(PROJECT + 1, id), path(PROJECT, id + 256), path(PROJECT, id + 1), path(PROJECT, 7))) {
                assertThat(status(reads, nowhere)).as(nowhere).isEqualTo(404);
            }
        }
        processor.start();
        processor.awaitProgress(id);

        JsonNode stored = processor.readJson(path(PROJECT, id));
        assertThat(stored.get("state").stringValue()).isEqualTo("stored");
        assertThat(stored.get("session").longValue()).isEqualTo(id);
        assertThat(stored.get("processed").stringValue())
                .isGreaterThanOrEqualTo(stored.get("received").stringValue());
    }

    /** Requests are so many that only small submissions may be in memory for each of them. */
    @Test
    void isReadWithinTheMemoryOfReadsIfItIsLarge() throws Exception {
        processor.start();
        long small = processor.submit(PROJECT, ProcessorUnderTest.body("small"));
        long large = processor.submit(
                PROJECT, ProcessorUnderTest.body("large").replace("1e400", "\"" + "a".repeat(100_000) + "\""));
        processor.awaitProgress(large);
        try (MongoClient client = MongoConnection.openAnother(new ConnectionString(config.mongodb()), QUICK);
                LogOffsets offsets = new LogOffsets(config.kafka(), "test", topic.name(), topic.ids());
                SubmissionLog log = new SubmissionLog(KafkaLog.of(config.kafka(), config.topics()), "test");
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            SubmissionReads reads = reads(client, offsets, log);
            CountDownLatch reading = new CountDownLatch(SHARE);
            CompletableFuture<Integer> end = new CompletableFuture<>();
            for (int i = 0; i < SHARE; i++) {
                others.execute(() -> largeReads.within(
                        FakeRequest.of(path(PROJECT, small)).caller().id(), () -> {
                            reading.countDown();
                            return end.join();
                        }));
            }
            try {
                assertThat(reading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(status(reads, path(PROJECT, large))).isEqualTo(429);
                assertThat(status(reads, path(PROJECT, small))).isEqualTo(200);
            } finally {
                end.complete(0);
            }
            assertThat(status(reads, path(PROJECT, large))).isEqualTo(200);
        }
    }

    @Test
    void tellsWhatBecameOfEverything() {
        processor.start();
        long stored = send("{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}", "key");
        long duplicate = send("{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}", "key");
        long rejected = send("{\"analysis_type\":\"x\"}", "other");
        long deadLetter = send("not JSON", "third");
        long note = processor.send(
                ProjectKey.of(PROJECT),
                "{\"behaviour\":\"combine\",\"confidence\":\"low\",\"status\":\"none\",\"findings\":[]}"
                        .getBytes(StandardCharsets.UTF_8),
                SubmissionHeaders.ofNote("e", "test", "T6", ProcessorUnderTest.USER, null, null));
        processor.awaitProgress(note);

        assertState(stored, "stored", Long.toString(stored), "null");
        assertState(duplicate, "duplicate", Long.toString(stored), "null");
        assertState(
                rejected,
                "rejected",
                "null",
                "{\"analysis_type\":[\"\\\"x\\\" is not a valid choice.\"],\"analysis_ref\":[\"This field is required.\"]}");
        assertThat(processor
                        .readJson(path(PROJECT, deadLetter))
                        .get("errors")
                        .get("detail")
                        .stringValue())
                .isNotEmpty();
        assertThat(processor.readJson(path(PROJECT, deadLetter)).get("state").stringValue())
                .isEqualTo("rejected");
        assertState(note, "stored", "null", "null");
        assertThat(processor.read(path(PROJECT + 3, stored)).status()).isEqualTo(404);
        assertThat(processor
                        .read(path(PROJECT, new SubmissionId(0, 1_000_000).value()))
                        .status())
                .isEqualTo(404);

        assertList("", List.of(note, deadLetter, rejected, duplicate, stored));
        assertList("&ordering=id", List.of(stored, duplicate, rejected, deadLetter, note));
        assertList("&state=stored", List.of(note, stored));
        assertList("&state=rejected", List.of(deadLetter, rejected));
        assertList("&state=duplicate", List.of(duplicate));
        assertThat(processor
                        .read(path(PROJECT, 0).replace("/0/", "/") + "?state=pending")
                        .status())
                .isEqualTo(400);
    }

    private void assertState(long id, String state, String session, String errors) {
        JsonNode submission = processor.readJson(path(PROJECT, id));
        assertThat(submission.propertyNames())
                .containsExactly("id", "state", "session", "errors", "received", "processed");
        assertThat(submission.get("state").stringValue()).isEqualTo(state);
        assertThat(submission.get("session")).hasToString(session);
        assertThat(submission.get("errors")).hasToString(errors);
    }

    private void assertList(String query, List<Long> expected) {
        String list = "/api/v2/projects/" + PROJECT + "/submissions/?page_size=2" + query;
        await().untilAsserted(() ->
                assertThat(processor.readJson(list).get("count").intValue()).isEqualTo(expected.size()));
        assertThat(processor.walk(list, "next")).isEqualTo(expected);
    }

    private long send(String body, String key) {
        return processor.send(
                ProjectKey.of(PROJECT),
                body.getBytes(StandardCharsets.UTF_8),
                SubmissionHeaders.ofSession("e", "test", new User(7, "", "", ""), key, null));
    }

    private SubmissionReads reads(MongoClient client, LogOffsets offsets, SubmissionLog log) {
        String name = Objects.requireNonNull(new ConnectionString(config.mongodb()).getDatabase());
        Generation generation = Generation.first(client.getDatabase(name));
        topic.seenWith(config.log().partitions());
        MongoHalts halts = new MongoHalts(client.getDatabase(name), IdBase.NONE);
        SubmissionLocator locator = new SubmissionLocator(
                generation, new MongoProgress(generation), new OwnProgress(), topic, offsets, log, halts);
        StoredSubmissions submissions = new StoredSubmissions(generation);
        AwaitedSubmissions awaited = new AwaitedSubmissions(submissions, locator, () -> true, QUICK);
        return new SubmissionReads(
                submissions, awaited, log, new ReadAfter(awaited), new MongoCounts(generation), largeReads);
    }

    private static int status(SubmissionReads reads, String path) {
        try {
            return reads.get(FakeRequest.of(path)).status();
        } catch (ProblemException e) {
            return e.answer().status();
        }
    }

    private static String path(long project, long id) {
        return ApiResource.SUBMISSION
                .path()
                .replace("{project_id}", Long.toString(project))
                .replace("{submission_id}", Long.toString(id));
    }
}
