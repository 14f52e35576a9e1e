package dev.sluice.processor.read.note;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.sluice.processor.ReceivedReplies;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.read.page.Direction;
import dev.sluice.processor.read.page.OrderedList.Range;
import dev.sluice.processor.read.page.OrderedList.Run;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.test.TestMongo;
import java.util.Objects;
import java.util.stream.LongStream;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page of notes takes bounded memory, however large the submissions are that contain them. */
class TaskNotesIT {

    private static final long PROJECT = 5;
    private static final int PAGE = 50;
    private static final String WANTED = "{task: 'T6', findings: []}";

    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(TaskNotesIT.class));
    private final ReceivedReplies received = new ReceivedReplies();
    private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(uri)
            .addCommandListener(received)
            .build());
    private final Generation generation =
            Generation.first(client.getDatabase(Objects.requireNonNull(uri.getDatabase())));
    private final MongoCollection<RawBsonDocument> submissions =
            generation.collection(MongoSubmissions.COLLECTION, RawBsonDocument.class);

    @BeforeEach
    void index() {
        new StoreIndexes(generation).ensure();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void leavesInTheStoreWhatIsNotOfNotes() {
        store(8, WANTED, 1024 * 1024);

        Run<StoredNote> page = fetch();

        assertThat(page.items()).hasSize(8);
        assertThat(received.bytes()).isLessThan(64 * 1024);
    }

    @Test
    void endsEarlyIfTheOtherNotesOfItsSubmissionsAreLarge() {
        store(6, "{task: 'T7', findings: ['" + "x".repeat(7 * 1024 * 1024) + "']}, " + WANTED, 0);

        Run<StoredNote> page = fetch();

        assertThat(page.items()).hasSize(5);
        assertThat(page.more()).isTrue();
    }

    private Run<StoredNote> fetch() {
        received.forget();
        return new TaskNotes(submissions, PROJECT, "T6").fetch(new Range<>(null, Direction.UP, 0), PAGE);
    }

    private void store(int count, String notes, int extra) {
        submissions.insertMany(LongStream.rangeClosed(1, count)
                .mapToObj(id -> "{_id: {$numberLong: '" + id * 256 + "'}, kind: 'session', project: {$numberLong: '"
                        + PROJECT + "'}, analysis_type: 'fortify', notes: [" + notes + "], extra: {a: '"
                        + "x".repeat(extra) + "'}}")
                .map(RawBsonDocument::parse)
                .toList());
    }
}
