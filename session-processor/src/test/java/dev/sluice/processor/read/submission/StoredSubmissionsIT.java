package dev.sluice.processor.read.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Projections;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.settings.Heap;
import dev.sluice.processor.FakeRequest;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.read.request.ReadMemory;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.test.TestMongo;
import java.time.Duration;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Every query for one submission names its project: a store that is sharded by project asks one shard, on which an id is unique. */
class StoredSubmissionsIT {

    private static final long PROJECT = 5;
    private static final long ID = 256;

    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(StoredSubmissionsIT.class));
    private final MongoClient client = MongoClients.create(uri);
    private final Generation generation =
            Generation.first(new MongoTemplate(client, Objects.requireNonNull(uri.getDatabase())));
    private final StoredSubmissions submissions = new StoredSubmissions(generation, Duration.ofSeconds(3));
    private final RawBsonDocument stored = new RawBsonDocument(
            new BsonDocument(SubmissionFields.ID, new BsonInt64(ID))
                    .append(SubmissionFields.PROJECT, new BsonInt64(PROJECT)),
            new BsonDocumentCodec());

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void findsNoWholeSubmissionOfAnotherProject() {
        store();

        assertThat(submissions.findWithNotes(PROJECT, ID)).contains(stored);
        assertThat(submissions.findWithNotes(PROJECT + 1, ID)).isEmpty();
    }

    @Test
    void answersWithNoLargeSubmissionOfAnotherProject() {
        store();

        assertThat(answerLarge(PROJECT).status()).isEqualTo(200);
        assertThatThrownBy(() -> answerLarge(PROJECT + 1)).isInstanceOf(ProblemException.class);
    }

    @Test
    void keepsTheOriginalOfADuplicateThatItReduces() {
        BsonDocument duplicate = new BsonDocument(SubmissionFields.ID, new BsonInt64(ID))
                .append(SubmissionFields.PROJECT, new BsonInt64(PROJECT))
                .append(SubmissionFields.KIND, new BsonString("duplicate"))
                .append(SubmissionFields.OF, new BsonInt64(ID - 1))
                .append("large", new BsonString("x".repeat(64 * 1024)));
        generation.collection(MongoSubmissions.COLLECTION, BsonDocument.class).insertOne(duplicate);

        assertThat(submissions.find(PROJECT, ID))
                .hasValueSatisfying(found -> assertThat(found).isInstanceOf(FoundSubmission.Reduced.class))
                .hasValueSatisfying(found -> assertThat(found.original()).isEqualTo(ID - 1))
                .hasValueSatisfying(found -> assertThat(found.document()).doesNotContainKey("large"));
    }

    private void store() {
        generation
                .collection(MongoSubmissions.COLLECTION, RawBsonDocument.class)
                .insertOne(stored);
    }

    private Answer answerLarge(long project) {
        return submissions.answer(
                FakeRequest.one(project, ID),
                new FoundSubmission.Reduced(stored),
                ReadMemory.of(new Heap(1)),
                Projections.include(SubmissionFields.PROJECT),
                _ -> Answer.json(200, new byte[0]));
    }
}
