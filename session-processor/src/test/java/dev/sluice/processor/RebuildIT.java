package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.rebuild.RebuildSummary;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rebuilds of the projection from the log, with or without a processor running on the live one. */
class RebuildIT {

    private static final String API = "/api/v2/projects/";
    private static final int ENOUGH = 500;
    private static final int READERS = 4;
    private static final RebuildOptions OPTIONS = new RebuildOptions(false, false, Duration.ofMillis(1500));

    private final TopicNames topics = TestKafka.freshTopics(RebuildIT.class);
    private final ProcessorConfig config =
            FreshConfig.of(RebuildIT.class, topics, 2).withReadTimeout(Duration.ofSeconds(20));
    private final ProcessorUnderTest processor = new ProcessorUnderTest(config);
    private final HeardRebuild heard = new HeardRebuild();

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void changesNoAnswerWhileItIsReadAndWritten() throws Exception {
        processor.startAndAwaitReady();
        List<Long> known = submitOfEveryKind(3);
        Map<String, String> before = answers(known);
        AtomicBoolean done = new AtomicBoolean();

        List<Long> posted;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Set<Integer>> statuses = threads.submit(() -> keepReading(known, done));
            Future<List<Long>> writing = threads.submit(() -> keepWriting(done));
            rebuild(OPTIONS);
            done.set(true);
            assertThat(statuses.get()).containsExactly(200);
            posted = writing.get();
        }

        assertThat(heard.lines).containsSequence("live 2", "dropped 1");
        assertThat(answers(known)).isEqualTo(before);
        assertThat(posted)
                .isNotEmpty()
                .allSatisfy(id -> assertThat(processor.get(9, id).status()).isEqualTo(200));
        assertThat(processor.walk(API + "9/analysis-sessions/?page_size=1000", "next"))
                .containsExactlyInAnyOrderElementsOf(posted);
        assertThat(count(API + "9/analysis-sessions/?page_size=1")).isEqualTo(posted.size());
        assertThat(told()).containsAll(known).containsAll(posted);
        assertThat(processor.collection("submissions").countDocuments()).isZero();
    }

    @Test
    void processesAgainWhatALiveGenerationLacksThoughNothingComesAnyMore() {
        processor.startAndAwaitReady();
        List<Long> known = submitOfEveryKind(1);
        Map<String, String> before = answers(known);
        // Every rebuild creates indexes first: MongoDB fails a query that names an index that does not exist.
        try (MongoClient client = MongoClients.create(config.store())) {
            new StoreIndexes(new Generation(client.getDatabase(config.database()), 2)).ensure();
        }

        processor.collection("projection").insertOne(BsonDocument.parse("{_id: 'live', generation: 2, last: 2}"));

        known.forEach(id -> await().until(() -> processor
                        .collection("submissions_2")
                        .find(new Document("_id", id))
                        .first()
                != null));
        await().untilAsserted(() -> assertThat(answers(known)).isEqualTo(before));
    }

    @Test
    void goesOnWhereAnotherOneWasStopped() throws Exception {
        processor.startAndAwaitReady();
        List<Long> known = submitOfEveryKind(2);
        Map<String, String> before = answers(known);
        heard.stopOnceFilled = true;
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> rebuild(OPTIONS));
        assertThat(answers(known)).isEqualTo(before);
        heard.stopOnceFilled = false;

        RebuildSummary summary = rebuild(OPTIONS);

        assertThat(heard.lines).contains("begins 1 to 2 false", "begins 1 to 2 true");
        assertThat(summary).satisfies(is -> assertThat(is.generation()).isEqualTo(2));
        assertThat(summary.records()).isLessThan(known.size());
        await().untilAsserted(() -> assertThat(answers(known)).isEqualTo(before));
    }

    private Rebuild rebuild() {
        return new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC());
    }

    private RebuildSummary rebuild(RebuildOptions options) throws InterruptedException {
        return rebuild().run(options, heard);
    }

    /** Submits sessions with notes, a repeated key, a lone note, a rejection and a dead letter, in two projects. Waits until all are processed. */
    private List<Long> submitOfEveryKind(int rounds) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            for (long project : new long[] {1, 2}) {
                String session = ("{'analysis_ref':'r-" + i + "','analysis_type':'fortify','notes':[{'task':'" + project
                                + "-T6','behaviour':'combine','confidence':'high','findings':[],'status':'fail'}]}")
                        .replace('\'', '"');
                ids.add(send(project, session, "key-" + i));
                ids.add(send(project, session, "key-" + i));
                ids.add(processor.submit(project, "{}"));
                ids.add(processor.submit(project, "no JSON"));
                ids.add(processor.send(
                        ProjectKey.of(project),
                        "{\"behaviour\":\"replace\",\"confidence\":\"low\",\"findings\":{},\"status\":\"pass\"}"
                                .getBytes(StandardCharsets.UTF_8),
                        SubmissionHeaders.ofNote("e", "test", "T6", ProcessorUnderTest.USER, null, null)));
            }
        }
        ids.forEach(processor::awaitProgress);
        return ids;
    }

    private long send(long project, String body, String key) {
        return processor.send(
                ProjectKey.of(project),
                body.getBytes(StandardCharsets.UTF_8),
                SubmissionHeaders.ofSession("e", "test", ProcessorUnderTest.USER, key, null));
    }

    /** Everything that can be read of the two projects, except times of processing. */
    private Map<String, String> answers(List<Long> ids) {
        List<String> paths = new ArrayList<>(List.of(
                "analysis-sessions/?page_size=100",
                "analysis-sessions/?page_size=100&analysis_type=fortify",
                "tasks/?page_size=100",
                "tasks/T6/",
                "tasks/T6/analysis-notes/?page_size=100",
                "submissions/?page_size=100",
                "submissions/?page_size=100&state=rejected"));
        ids.forEach(id -> paths.addAll(List.of("submissions/" + id + "/", "analysis-sessions/" + id + "/")));
        Map<String, String> answers = new ConcurrentSkipListMap<>();
        // In parallel, because a read of an id that does not exist waits in steps of a tenth of a second.
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<CompletableFuture<Void>> reads = new ArrayList<>();
            for (long project : new long[] {1, 2}) {
                for (String path : paths) {
                    String one = project + "/" + path;
                    reads.add(CompletableFuture.runAsync(() -> answers.put(one, answer(API + one)), readers));
                }
            }
            reads.forEach(CompletableFuture::join);
        }
        return answers;
    }

    private String answer(String path) {
        var answer = processor.read(path);
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return answer.status() + " " + body.replaceAll("\"processed\":\"[^\"]*\"", "processed");
    }

    private Set<Integer> keepReading(List<Long> known, AtomicBoolean done) {
        Set<Integer> statuses = new HashSet<>();
        while (!done.get()) {
            // The first session of project 1 and a duplicate of it.
            statuses.add(processor.get(1, known.get(0)).status());
            statuses.add(processor.get(1, known.get(1)).status());
            statuses.add(processor.read(API + "1/tasks/T6/").status());
            statuses.add(
                    processor.read(API + "1/analysis-sessions/?page_size=1").status());
        }
        return statuses;
    }

    private List<Long> keepWriting(AtomicBoolean done) {
        List<Long> ids = new ArrayList<>();
        while (!done.get() && ids.size() < ENOUGH) {
            long id = processor.submit(9, ProcessorUnderTest.body("meanwhile-" + ids.size()));
            assertThat(processor.get(9, id).status()).isEqualTo(200);
            ids.add(id);
        }
        return ids;
    }

    private int count(String list) {
        return processor.readJson(list).get("count").intValue();
    }

    /** The ids that have outcomes on the topic. */
    private Set<Long> told() {
        Set<Long> ids = new HashSet<>();
        processor
                .records(topics.outcomes())
                .forEach(record -> ids.add(
                        ProcessorUnderTest.json(record.value()).get("id").longValue()));
        return ids;
    }
}
