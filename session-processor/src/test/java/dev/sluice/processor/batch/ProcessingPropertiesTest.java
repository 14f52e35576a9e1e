package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.sluice.embedded.EmbeddedStore;
import dev.sluice.processor.batch.ExpectedProjection.Became;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Whatever happens while a history is processed, what is stored in the end is what the history says: batches are cut at random, records
 * come again, processors die at any write, in the middle of it too, and others go on as if they had not lost their partition. What is
 * told about a record is told in the very same words each time.
 */
class ProcessingPropertiesTest {

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
        List<Submitted> history = new RandomHistory(random).of(10 + random.nextInt(50));
        ExpectedProjection expected = new ExpectedProjection(history);

        try (ProcessingUnderTest under = new ProcessingUnderTest(client(), "history" + databases++, history, random)) {
            under.processAll();

            assertThat(documents(under.database())).isEqualTo(documents(expected));
            assertThat(tasks(under.database())).isEqualTo(expected.tasks());
            assertThat(counts(under.database())).isEqualTo(expected.counts());
            assertThat(claims(under.database())).isEqualTo(claims(expected));
            assertThat(under.toldStates()).isEqualTo(states(expected));
            assertThat(under.toldVerifications()).isEqualTo(expected.verifications());
        }
    }

    private static MongoClient client() {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client;
    }

    /** By id the kind and what it reads as. */
    private static Map<Long, String> documents(MongoDatabase database) {
        Map<Long, String> documents = new TreeMap<>();
        for (Document document : database.getCollection("submissions").find()) {
            Long of = document.getLong("of");
            documents.put(
                    document.getLong("_id"),
                    document.getString("kind")
                            + (of == null ? "" : " of " + of)
                            + (document.containsKey("resubmission_of")
                                    ? " again " + document.getLong("resubmission_of")
                                    : ""));
            assertThat(document.getDate("processed")).isNotNull();
        }
        return documents;
    }

    private static Map<Long, String> documents(ExpectedProjection expected) {
        Map<Long, String> documents = new TreeMap<>();
        for (int i = 0; i < expected.became().size(); i++) {
            Became became = expected.became().get(i);
            Integer as = became.as();
            documents.put(
                    Submitted.id(i),
                    became.kind()
                            + (became.kind().equals("duplicate") && as != null ? " of " + Submitted.id(as) : "")
                            + (became.root() == i ? "" : " again " + Submitted.id(became.root())));
        }
        return documents;
    }

    private static Map<String, String> tasks(MongoDatabase database) {
        Map<String, String> tasks = new TreeMap<>();
        for (BsonDocument task :
                database.getCollection("tasks", BsonDocument.class).find()) {
            String id = task.getString("_id").getValue();
            assertThat(id)
                    .isEqualTo(task.getInt64("project").getValue() + "-"
                            + task.getString("task").getValue());
            Map<String, String> standing = new TreeMap<>();
            task.getDocument("standing")
                    .forEach((type, status) ->
                            standing.put(type, status.asString().getValue()));
            tasks.put(
                    id,
                    task.getString("status").getValue() + " " + standing + " notes="
                            + task.getInt64("notes").getValue() + " updated="
                            + task.getDateTime("updated").getValue());
        }
        return tasks;
    }

    private static Map<Long, Map<String, Long>> counts(MongoDatabase database) {
        Map<Long, Map<String, Long>> counts = new TreeMap<>();
        for (BsonDocument count :
                database.getCollection("counts", BsonDocument.class).find()) {
            Map<String, Long> ofProject = new TreeMap<>();
            for (String group : List.of("sessions", "states")) {
                count.getDocument(group).forEach((name, value) -> {
                    if (value.asInt64().getValue() != 0) {
                        ofProject.put(group + "." + name, value.asInt64().getValue());
                    }
                });
            }
            if (!ofProject.isEmpty()) {
                counts.put(count.getInt64("_id").getValue(), ofProject);
            }
        }
        return counts;
    }

    private static Map<String, Long> claims(MongoDatabase database) {
        Map<String, Long> claims = new HashMap<>();
        for (Document claim : database.getCollection("keys").find()) {
            claims.put(claim.getString("_id"), claim.getLong("submission"));
        }
        return claims;
    }

    private static Map<String, Long> claims(ExpectedProjection expected) {
        Map<String, Long> claims = new HashMap<>();
        expected.claims().forEach((key, offset) -> claims.put(key, Submitted.id(offset)));
        return claims;
    }

    private static Map<Long, String> states(ExpectedProjection expected) {
        Map<Long, String> states = new TreeMap<>();
        for (int i = 0; i < expected.became().size(); i++) {
            states.put(
                    Submitted.id(i),
                    switch (expected.became().get(i).kind()) {
                        case "session", "note" -> "stored";
                        case "dead-letter" -> "dead-lettered";
                        default -> expected.became().get(i).kind();
                    });
        }
        return states;
    }
}
