package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.embedded.EmbeddedStore;
import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.progress.Tally;
import dev.sluice.test.history.ExpectedProjection;
import dev.sluice.test.history.Projection;
import dev.sluice.test.history.RandomHistory;
import dev.sluice.test.history.Submitted;
import dev.sluice.test.history.Submitted.Content;
import dev.sluice.test.history.Submitted.NoteContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Whatever happens while a history is processed, the store ends up with what follows from the history: batches are cut at random, records
 * are redelivered, processors die at or during any write, and others continue as if they had not lost their partition. Every repetition of
 * an outcome is identical to the first.
 */
class ProcessingPropertiesTest {

    private static final List<Long> PROJECTS = List.of(1L, 2L, 3L);
    private static final int BATCH = 9;

    private static @Nullable EmbeddedStore store;
    private static @Nullable MongoClient client;
    private static int databases;

    @BeforeContainer
    static void start() throws IOException {
        store = EmbeddedStore.startInMemory();
        client = MongoClients.create(store.uri());
    }

    @AfterContainer
    static void stop() {
        if (client != null && store != null) {
            client.close();
            store.close();
        }
    }

    @Property(tries = 100)
    void storesWhatTheHistorySaysWhateverHappens(@ForAll long seed) {
        Random random = new Random(seed);
        List<Submitted> history = new RandomHistory(random, 0, PROJECTS).of(10 + random.nextInt(50));
        ExpectedProjection expected = new ExpectedProjection(0, history, ProcessingUnderTest::received);

        try (ProcessingUnderTest processing =
                new ProcessingUnderTest(client(), "history" + databases++, history, random)) {
            processing.processAll();

            assertThat(Projection.in(processing.database())).isEqualTo(expected.projection());
            assertThat(processing.published().states()).isEqualTo(expected.states());
            assertThat(processing.published().verifications()).isEqualTo(expected.verifications());
            assertThat(progress(processing.database())).isEqualTo(progress(expected));
        }
    }

    @Example
    void setsAsideTheBadRecordAloneWhereverInABatchItIs() {
        for (Content bad : List.of(new Content.Invalid(), new Content.NoJson())) {
            for (int position = 0; position < BATCH; position++) {
                List<Submitted> batch = batchWith(bad, position);
                ExpectedProjection expected = new ExpectedProjection(0, batch, ProcessingUnderTest::received);

                try (ProcessingUnderTest processing =
                        new ProcessingUnderTest(client(), "bad" + databases++, batch, new Random(position))) {
                    processing.processAtOnce();

                    assertThat(Projection.in(processing.database())).isEqualTo(expected.projection());
                    assertThat(processing.published().states()).isEqualTo(expected.states());
                    assertThat(processing.published().states().values().stream().filter("stored"::equals))
                            .hasSize(BATCH - 1);
                }
            }
        }
    }

    /** A batch of sessions about one task, each of which affects the notes that stand. */
    private static List<Submitted> batchWith(Content bad, int position) {
        List<NoteStatus> statuses = List.of(NoteStatus.values());
        List<Submitted> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            NoteStatus status = statuses.get(i % statuses.size());
            Content good = new Content.Session(
                    AnalysisType.FORTIFY, List.of(new NoteContent("T1", Behaviour.REPLACE, status)));
            batch.add(new Submitted(1, i == position ? bad : good, null, null));
        }
        return batch;
    }

    private static MongoClient client() {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client;
    }

    private static PartitionProgress progress(MongoDatabase database) {
        List<BsonDocument> all =
                database.getCollection("progress", BsonDocument.class).find().into(new ArrayList<>());
        assertThat(all).hasSize(1);
        return PartitionProgress.of(all.getFirst());
    }

    /** The progress that counts each record once. */
    private static PartitionProgress progress(ExpectedProjection expected) {
        Map<String, Long> by = expected.states().values().stream()
                .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
        Tally tally = new Tally(
                by.getOrDefault("stored", 0L),
                by.getOrDefault("duplicate", 0L),
                by.getOrDefault("rejected", 0L),
                by.getOrDefault("dead-lettered", 0L),
                0);
        return new PartitionProgress(0, 0, expected.states().size(), tally, Optional.empty());
    }
}
