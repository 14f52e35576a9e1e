package dev.sluice.processor.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SourceLog;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.test.TestMongo;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MongoSourceLogIT {

    private static final SourceLog FIRST = new SourceLog("one", 2, IdBase.NONE);
    private static final SourceLog SECOND = new SourceLog("two", 2, IdBase.NONE);

    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(MongoSourceLogIT.class));
    private final MongoClient client = MongoClients.create(uri);
    private final MongoDatabase database = client.getDatabase(Objects.requireNonNull(uri.getDatabase()));
    private final MongoSourceLog store = new MongoSourceLog(database, () -> Generation.first(database));

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void remembersTheLogOfOneOfTheProcessorsThatSawTheSame() {
        assertThat(store.remember(Optional.empty(), FIRST)).isTrue();
        assertThat(store.remember(Optional.empty(), SECOND)).isFalse();
        assertThat(store.remembered()).hasValue(FIRST);

        assertThat(store.remember(Optional.of(FIRST), SECOND)).isTrue();
        assertThat(store.remember(Optional.of(FIRST), new SourceLog("three", 2, IdBase.NONE)))
                .isFalse();
        assertThat(store.remembered()).hasValue(SECOND);
    }

    @Test
    void forgetsWhoLedTheLogBeforeAlsoInWhatARebuildHasBegun() {
        Generations generations = new Generations(database);
        generations.begin(generations.state(), "a rebuild");
        store.remember(Optional.empty(), FIRST);
        for (String name : List.of("progress", "progress_2")) {
            database.getCollection(name).insertOne(new Document("_id", 0).append("leader_epoch", 5));
        }

        store.remember(Optional.of(FIRST), SECOND);

        for (String name : List.of("progress", "progress_2")) {
            assertThat(database.getCollection(name).find()).containsExactly(new Document("_id", 0));
        }
    }

    @Test
    void countsNoPositionAsFreeThatWasStoredOrPassed() {
        assertThat(store.firstFree()).isZero();
        database.getCollection(MongoSubmissions.COLLECTION)
                .insertOne(new Document("_id", new SubmissionId(1, 5).value()));
        assertThat(store.firstFree()).isEqualTo(6);

        new MongoProgress(Generation.first(database)).beginAt(0, 7, null);

        assertThat(store.firstFree()).isEqualTo(7);
    }
}
