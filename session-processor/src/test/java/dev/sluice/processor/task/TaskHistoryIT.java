package dev.sluice.processor.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.test.TestMongo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskHistoryIT {

    private static final int SUBMISSIONS = 350;
    private static final List<AnalysisType> TYPES = List.of(AnalysisType.values());
    // One submission has a type that only a later version knows.
    private static final String NEWER = "checkmarx";
    private static final int OF_NEWER = 3;
    private static final List<Behaviour> ADDING = List.of(Behaviour.COMBINE, Behaviour.REPLACE_SCANNER);
    private static final List<NoteStatus> STATUSES = List.of(NoteStatus.values());

    private final Random random = new Random(1);
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(TaskHistoryIT.class));
    private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(uri)
            .addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    commands.add(event.getCommandName());
                }
            })
            .build());
    private final Generation generation =
            Generation.first(client.getDatabase(Objects.requireNonNull(uri.getDatabase())));
    private final TaskHistory history =
            new TaskHistory(generation.collection(MongoSubmissions.COLLECTION, RawBsonDocument.class));

    @BeforeEach
    void makeIndexes() {
        new StoreIndexes(generation).ensure();
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** Each operation has a limited time, which a long history would exceed again at each retry. */
    @Test
    void readsALongHistoryInManyShortOperations() {
        Verification expected = store(0);

        Verification before = history.before(1, "T6", SUBMISSIONS);

        assertThat(before).isEqualTo(expected);
        assertThat(commands).containsOnly("find").hasSizeGreaterThan(SUBMISSIONS / 101);
    }

    @Test
    void readsNoFurtherBackThanToTheLastNoteThatReplacedAllOthers() {
        Verification expected = store(SUBMISSIONS - 5);

        Verification before = history.before(1, "T6", SUBMISSIONS);

        assertThat(before).isEqualTo(expected);
        assertThat(commands).containsExactly("find");
    }

    @Test
    void namesASubmissionThatOnlyALaterVersionCanRead() {
        store(0);
        generation
                .collection(MongoSubmissions.COLLECTION, BsonDocument.class)
                .updateOne(
                        BsonDocument.parse("{_id: {$numberLong: '7'}}"),
                        BsonDocument.parse("{$set: {'notes.0.behaviour': 'append'}}"));

        assertThatExceptionOfType(UnreadableDocumentException.class)
                .isThrownBy(() -> history.before(1, "T6", SUBMISSIONS))
                .withMessageStartingWith("submission 7 cannot be read")
                .satisfies(e -> assertThat(e.reason()).isEqualTo("\"append\" is not a note's behaviour"));
    }

    /** Stores submissions with the ids from 0 on; the note of one of them replaces all earlier ones. Returns what stands then. */
    private Verification store(int replacing) {
        List<BsonDocument> submissions = new ArrayList<>();
        Verification standing = Verification.NONE;
        for (int id = 0; id < SUBMISSIONS; id++) {
            String type = id == OF_NEWER ? NEWER : anyOf(TYPES).slug();
            Behaviour behaviour = id == replacing ? Behaviour.REPLACE : anyOf(ADDING);
            NoteStatus status = anyOf(STATUSES);
            standing = standing.after(type, behaviour, status);
            submissions.add(BsonDocument.parse("{_id: {$numberLong: '" + id
                    + "'}, project: {$numberLong: '1'}, analysis_type: '" + type
                    + "', notes: [{task: 'T6', behaviour: '" + behaviour.slug() + "', status: '" + status.slug()
                    + "'}]}"));
        }
        generation.collection(MongoSubmissions.COLLECTION, BsonDocument.class).insertMany(submissions);
        commands.clear();
        return standing;
    }

    private <T> T anyOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
