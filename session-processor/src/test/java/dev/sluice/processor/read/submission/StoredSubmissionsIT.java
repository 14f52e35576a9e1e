package dev.sluice.processor.read.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.processor.FakeRequest;
import dev.sluice.processor.ReceivedReplies;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.test.TestMongo;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every query for one submission names its project: a store that is sharded by project asks one shard, on which an id is unique. */
class StoredSubmissionsIT {

    private static final long PROJECT = 5;
    private static final long ID = 256;
    private static final int MIB = 1024 * 1024;
    private static final Duration LONGER_THAN_PATIENCE = Duration.ofSeconds(4);

    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(StoredSubmissionsIT.class));
    private final ReceivedReplies received = new ReceivedReplies();
    private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(uri)
            .addCommandListener(received)
            .build());
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Generation generation =
            Generation.first(client.getDatabase(Objects.requireNonNull(uri.getDatabase())));
    // Ids are looked up alone if a query for several is slow, which would be no fault here.
    private final StoredSubmissions submissions = new StoredSubmissions(generation, Duration.ofSeconds(20));
    private final RawBsonDocument stored = new RawBsonDocument(
            new BsonDocument(SubmissionFields.ID, new BsonInt64(ID))
                    .append(SubmissionFields.PROJECT, new BsonInt64(PROJECT)),
            new BsonDocumentCodec());

    @AfterEach
    void close() {
        callers.shutdownNow();
        client.close();
    }

    @Test
    void findsNoWholeSubmissionOfAnotherProject() {
        store();

        FoundSubmission found = new FoundSubmission.Full(stored);
        Bson all = new BsonDocument();
        assertThat(submissions.read(PROJECT, found, all)).isEqualTo(stored);
        assertThatThrownBy(() -> submissions.read(PROJECT + 1, found, all)).isInstanceOf(ProblemException.class);
    }

    @Test
    void answersWithNoLargeSubmissionOfAnotherProject() {
        store();

        assertThat(answerLarge(PROJECT, stored).status()).isEqualTo(200);
        assertThatThrownBy(() -> answerLarge(PROJECT + 1, stored)).isInstanceOf(ProblemException.class);
    }

    @Test
    void keepsTheOriginalOfADuplicateThatItReduces() {
        BsonDocument duplicate = new BsonDocument(SubmissionFields.ID, new BsonInt64(ID))
                .append(SubmissionFields.PROJECT, new BsonInt64(PROJECT))
                .append(SubmissionFields.KIND, new BsonString("duplicate"))
                .append(SubmissionFields.OF, new BsonInt64(ID - 1))
                .append("large", new BsonString("x".repeat(64 * 1024)));
        generation.collection(MongoSubmissions.COLLECTION, BsonDocument.class).insertOne(duplicate);

        assertThat(submissions.find("caller", PROJECT, ID))
                .hasValueSatisfying(found -> assertThat(found).isInstanceOf(FoundSubmission.Reduced.class))
                .hasValueSatisfying(found -> assertThat(found.original()).isEqualTo(ID - 1))
                .hasValueSatisfying(found -> assertThat(found.document()).doesNotContainKey("large"));
    }

    @Test
    void transfersLargeSubmissionsOnceHoweverOftenAndByHowManyTheyAreLookedUp() throws Exception {
        RawBsonDocument[] large = new RawBsonDocument[12];
        for (int i = 0; i < large.length; i++) {
            large[i] = session(ID * (i + 1), MIB);
        }
        collection().insertMany(List.of(large));
        received.forget();

        for (int round = 0; round < 5; round++) {
            List<Future<Optional<FoundSubmission>>> found = Arrays.stream(large)
                    .map(one -> callers.submit(() -> submissions.find("caller", PROJECT, StoredSubmissions.id(one))))
                    .toList();
            for (Future<Optional<FoundSubmission>> one : found) {
                assertThat(one.get(60, TimeUnit.SECONDS)).containsInstanceOf(FoundSubmission.Reduced.class);
            }
            for (RawBsonDocument one : large) {
                assertThat(answerLarge(PROJECT, one).status()).isEqualTo(200);
            }
        }

        assertThat(received.commands()).doesNotContain("getMore");
        assertThat(received.bytes()).isLessThan((large.length + 1) * (long) MIB);
    }

    @Test
    void remembersNoLargeSubmissionThatARestoredStoreLacks() {
        RawBsonDocument large = session(ID, MIB);
        collection().insertOne(large);
        assertThat(submissions.find("caller", PROJECT, ID)).containsInstanceOf(FoundSubmission.Reduced.class);
        collection().deleteOne(Filters.eq(SubmissionFields.ID, ID));

        assertThatThrownBy(() -> answerLarge(PROJECT, large))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.answer().status()).isEqualTo(503));
        assertThat(submissions.find("caller", PROJECT, ID)).isEmpty();
    }

    /** When shared queries fail, nobody takes from the others what looking up ids alone needs. */
    @Test
    void looksUpOnlySoManyAloneForOneCaller() {
        try (MongoClient away =
                MongoClients.create("mongodb://127.0.0.1:1/?timeoutMS=" + LONGER_THAN_PATIENCE.toMillis())) {
            StoredSubmissions unreachable = new StoredSubmissions(Generation.first(away.getDatabase("away")));
            List<Future<Optional<FoundSubmission>>> greedy = IntStream.range(0, 40)
                    .mapToObj(i -> callers.submit(() -> unreachable.find("greedy", PROJECT, ID * (i + 1))))
                    .toList();
            Future<Optional<FoundSubmission>> other = callers.submit(() -> unreachable.find("other", PROJECT, ID));

            await().until(() -> other.isDone() && greedy.stream().allMatch(Future::isDone));
            assertThat(greedy.stream().map(Future::exceptionNow).filter(ProblemException.class::isInstance))
                    .isNotEmpty()
                    .allSatisfy(refused -> assertThat(
                                    ((ProblemException) refused).answer().status())
                            .isEqualTo(429));
            assertThat(other.exceptionNow()).isInstanceOf(MongoException.class);
        }
    }

    private static RawBsonDocument session(long id, int size) {
        return new RawBsonDocument(
                new BsonDocument(SubmissionFields.ID, new BsonInt64(id))
                        .append(SubmissionFields.PROJECT, new BsonInt64(PROJECT))
                        .append(SubmissionFields.KIND, new BsonString("session"))
                        .append(SubmissionFields.EXTRA, new BsonDocument("a", new BsonString("x".repeat(size)))),
                new BsonDocumentCodec());
    }

    private MongoCollection<RawBsonDocument> collection() {
        return generation.collection(MongoSubmissions.COLLECTION, RawBsonDocument.class);
    }

    private void store() {
        collection().insertOne(stored);
    }

    private Answer answerLarge(long project, RawBsonDocument submission) {
        return submissions.answer(
                FakeRequest.one(project, StoredSubmissions.id(submission)),
                new FoundSubmission.Reduced(submission),
                new SharedSlots(1, Duration.ofSeconds(1), "reads"),
                Projections.include(SubmissionFields.PROJECT),
                _ -> Answer.json(200, new byte[0]));
    }
}
