package dev.sluice.processor;

import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.api.Answer;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store is restored from a backup and gets everything later from the log. */
class RestoredStoreIT {

    private static final List<String> PROGRESS_FIRST =
            List.of("progress", "submissions", "keys", "verifications", "counts");
    private static final String PROJECT = "/api/v2/projects/1/";

    private final TopicNames topics = TestKafka.freshTopics(RestoredStoreIT.class);
    // A reader waits while others submit.
    private final ProcessorUnderTest processor = new ProcessorUnderTest(
            FreshConfig.of(RestoredStoreIT.class, topics, 2).withReadTimeout(Duration.ofSeconds(30)));
    private final List<Long> submitted = new ArrayList<>();

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void catchesUpByItself() {
        processor.start();
        submitSome("before");
        Map<String, List<BsonDocument>> backup = new HashMap<>();
        PROGRESS_FIRST.forEach(name -> backup.put(name, copy(name)));
        submitSome("after");

        assertNothingChangesByRestoring(backup);
    }

    @Test
    void catchesUpFromABackupWhoseCollectionsAreOfDifferentMoments() {
        processor.start();
        Map<String, List<BsonDocument>> backup = new HashMap<>();
        for (String name : PROGRESS_FIRST) {
            submitSome("before " + name);
            backup.put(name, copy(name));
        }
        submitSome("after");

        assertNothingChangesByRestoring(backup);
    }

    /** Several threads take turns with a partition's records, and each must know how far the store was. */
    @Test
    void isNoticedAlsoWhileTheProcessorRuns() {
        processor.start();
        for (int round = 0; round < 3; round++) {
            submitSome("before " + round);
            BsonDocument progress = Objects.requireNonNull(processor
                    .collection("progress")
                    .find(new Document("_id", partition()))
                    .first());
            submitSome("lost " + round);
            List<Long> lost = submitted.subList(submitted.size() - 3, submitted.size());
            processor.collection("progress").replaceOne(new Document("_id", partition()), progress);
            processor.collection("submissions").deleteMany(new Document("_id", new Document("$in", lost)));

            submitSome("after " + round);

            assertThat(submitted)
                    .allSatisfy(id -> assertThat(processor.stored(id)).isNotNull());
        }
    }

    @Test
    void isWaitedForUntilItHasWhatItLacks() {
        processor.startAndAwaitReady();
        submitSome("before");
        BsonDocument progress = Objects.requireNonNull(processor
                .collection("progress")
                .find(new Document("_id", partition()))
                .first());
        submitSome("lost");
        long lost = submitted.get(submitted.size() - 3);
        processor.collection("progress").replaceOne(new Document("_id", partition()), progress);
        processor.collection("submissions").deleteMany(new Document("_id", new Document("$gte", lost)));
        CompletableFuture<Answer> reading = CompletableFuture.supplyAsync(() -> processor.get(1, lost));
        // Longer than a GET waits before it looks into the store and the log.
        await().during(Duration.ofMillis(200)).until(() -> !reading.isDone());

        submitSome("after");

        assertThat(reading).succeedsWithin(PATIENCE).extracting(Answer::status).isEqualTo(200);
    }

    private int partition() {
        return SubmissionId.of(submitted.getFirst()).partition();
    }

    private void assertNothingChangesByRestoring(Map<String, List<BsonDocument>> backup) {
        Map<String, String> before = answers();
        long submissions = processor.collection("submissions").countDocuments();
        processor.stop();
        PROGRESS_FIRST.forEach(name -> {
            processor.collection(name).deleteMany(new Document());
            processor.collection(name).insertMany(backup.get(name));
        });

        processor.start();
        processor.awaitProgress(processor.submit(2, ProcessorUnderTest.body("of another project")));
        processor.awaitProgress(submitted.getLast());

        assertThat(answers()).isEqualTo(before);
        assertThat(processor.collection("submissions").countDocuments()).isEqualTo(submissions + 1);
    }

    private void submitSome(String ref) {
        for (int i = 0; i < 3; i++) {
            String body = ("{'analysis_ref':'" + ref
                            + "','analysis_type':'fortify','notes':[{'task':'1-T6','behaviour':'combine',"
                            + "'confidence':'high','findings':[],'status':'fail'}]}")
                    .replace('\'', '"');
            // The third repeats the second.
            submitted.add(processor.send(
                    ProjectKey.of(1),
                    body.getBytes(StandardCharsets.UTF_8),
                    SubmissionHeaders.ofSession("e", "test", ProcessorUnderTest.USER, ref + Math.min(i, 1), null)));
        }
        processor.awaitProgress(submitted.getLast());
    }

    private List<BsonDocument> copy(String name) {
        return processor.collection(name).find().into(new ArrayList<>());
    }

    private Map<String, String> answers() {
        Map<String, String> answers = new HashMap<>();
        for (String path : List.of(
                "analysis-sessions/?page_size=100",
                "tasks/T6/",
                "tasks/T6/analysis-notes/?page_size=100",
                "submissions/?page_size=100",
                "submissions/?page_size=100&state=duplicate")) {
            answers.put(
                    path,
                    processor.readJson(PROJECT + path).toString().replaceAll("\"processed\":\"[^\"]*\"", "processed"));
        }
        return answers;
    }
}
