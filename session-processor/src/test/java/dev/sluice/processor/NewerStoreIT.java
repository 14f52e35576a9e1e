package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import dev.sluice.http.observe.ReadinessCheck;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a later version has stored can be read and added to, even if its analysis type is not known here; or is refused in clear words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewerStoreIT {

    private static final String NEWER = "checkmarx";

    private final AtomicLong projects = new AtomicLong(1);

    @RegisterExtension
    private final ProcessorUnderTest processor = new ProcessorUnderTest(FreshConfig.of(NewerStoreIT.class, 3));

    private final SubmittedNotes submitted = new SubmittedNotes(processor);

    @Test
    void isShownWithTheSlugsOfTypesThatAreNotKnown() {
        long project = projects.incrementAndGet();
        long newer = storedByALaterVersion(project);
        long known = submitted.session(project, "T9");
        String sessions = path(project) + "analysis-sessions/";

        assertThat(ids(processor.readJson(sessions + "?read_after=" + known))).containsExactlyInAnyOrder(newer, known);
        assertThat(ids(processor.readJson(sessions + "?created_after=2000-01-01T00:00:00Z")))
                .containsExactlyInAnyOrder(newer, known);
        assertThat(processor
                        .readJson(sessions + newer + "/")
                        .get("analysis_type")
                        .stringValue())
                .isEqualTo(NEWER);
        assertThat(ids(processor.readJson(path(project) + "submissions/"))).containsExactlyInAnyOrder(newer, known);
        JsonNode notes = processor.readJson(path(project) + "tasks/T6/analysis-notes/");
        assertThat(notes.at("/results/0/analysis_type")).hasToString(type(NEWER, NEWER));
        assertThat(verifications(project))
                .hasToString("[{\"analysis_type\":" + type(NEWER, NEWER) + ",\"status\":\"fail\"}]");
    }

    @Test
    void isFoldedWithWhatIsSubmittedNow() {
        long project = projects.incrementAndGet();
        long newer = storedByALaterVersion(project);

        processor.awaitProgress(submitted.session(project, "T6"));

        assertThat(verifications(project))
                .hasToString("[{\"analysis_type\":" + type("fortify", "Fortify")
                        + ",\"status\":\"fail\"},{\"analysis_type\":" + type(NEWER, NEWER) + ",\"status\":\"fail\"}]");

        long note = submitted.note(project, "T6", "\"analysis_session\":" + newer + ",");
        processor.awaitProgress(note);

        assertThat(processor.kind(note)).isEqualTo("note");
        assertThat(verifications(project))
                .hasToString("[{\"analysis_type\":" + type(NEWER, NEWER) + ",\"status\":\"pass\"}]");
        assertThat(processor.records(processor.config.topics().outcomes())).isNotEmpty();
    }

    @Test
    void isRefusedIfItHasAStatusThatIsNotKnownUntilThatIsMended() {
        long project = projects.incrementAndGet();
        processor.awaitProgress(submitted.session(project, "T6"));
        Object tasks = Objects.requireNonNull(processor.tasksWith(project, "T6").get("_id"));
        String standing = "tasks.T6.standing.fortify";
        update("verifications", tasks, new Document("$set", new Document(standing, "critical")));

        long second = submitted.session(project, "T6");

        awaitRefusal("task T6 of project " + project);
        update("verifications", tasks, new Document("$set", new Document(standing, "fail")));
        processor.awaitProgress(second);
    }

    @Test
    void isRefusedIfItIsOfAKindThatIsNotKnownUntilThatIsMended() {
        long project = projects.incrementAndGet();
        long session = submitted.session(project, "T6");
        processor.awaitProgress(session);
        update("submissions", session, new Document("$set", new Document("kind", "scan")));

        long note = submitted.note(project, "T6", "\"analysis_session\":" + session + ",");

        awaitRefusal("submission " + session);
        update("submissions", session, new Document("$set", new Document("kind", "session")));
        processor.awaitProgress(note);
        assertThat(processor.kind(note)).isEqualTo("note");
    }

    @Test
    void isRefusedIfItsDocumentsHaveANewerForm() {
        MongoCollection<BsonDocument> projections = processor.collection("projection");
        projections.insertOne(BsonDocument.parse("{_id: 'live', generation: 1, last: 1, retired: [], form: 2}"));

        await().untilAsserted(() -> assertThat(processor.notReady())
                .extracting(ReadinessCheck.State::detail)
                .anyMatch(detail -> detail.startsWith("projection {\"_id\": \"live\"} cannot be read")));
        projections.deleteMany(new Document());

        processor.awaitProgress(submitted.session(projects.incrementAndGet(), "T6"));
    }

    @Test
    void isRefusedIfCountsOrTasksHaveAnotherFormUntilThatIsMended() {
        long project = projects.incrementAndGet();
        processor.awaitProgress(submitted.session(project, "T6"));
        String tasks = project + "-T.00";
        requireRefused(project, "counts", project, "states", "counts {\"_id\": " + project + "}");
        for (String field : List.of("tasks", "tasks.T6", "tasks.T6.notes", "position")) {
            requireRefused(project, "verifications", tasks, field, "verifications {\"_id\": \"" + tasks + "\"}");
        }
    }

    /** Has a field of another type until the processor says that it cannot go on. */
    private void requireRefused(long project, String collection, Object id, String field, String named) {
        MongoCollection<BsonDocument> documents = processor.collection(collection);
        BsonDocument before =
                Objects.requireNonNull(documents.find(new Document("_id", id)).first());
        update(collection, id, new Document("$set", new Document(field, "damaged")));

        long session = submitted.session(project, "T6");

        awaitRefusal(named);
        documents.replaceOne(new Document("_id", id), before);
        processor.awaitProgress(session);
    }

    private void awaitRefusal(String document) {
        await().untilAsserted(() -> assertThat(processor.notReady())
                .extracting(ReadinessCheck.State::detail)
                .containsExactly(document + " cannot be read by this version: it was stored by a newer version,"
                        + " or is damaged (see the log and docs/operations.md)"));
    }

    /** Stores a session with a note about T6, of a type that this version does not know, and returns its id. */
    private long storedByALaterVersion(long project) {
        long id = submitted.session(project, "T6");
        processor.awaitProgress(id);
        Object tasks = Objects.requireNonNull(processor.tasksWith(project, "T6").get("_id"));
        update("submissions", id, new Document("$set", new Document("analysis_type", NEWER)));
        update("counts", project, new Document("$rename", new Document("sessions.fortify", "sessions." + NEWER)));
        String standing = "tasks.T6.standing.";
        update("verifications", tasks, new Document("$rename", new Document(standing + "fortify", standing + NEWER)));
        return id;
    }

    private void update(String collection, Object id, Document change) {
        assertThat(processor
                        .collection(collection)
                        .updateOne(new Document("_id", id), change)
                        .getModifiedCount())
                .isEqualTo(1);
    }

    private JsonNode verifications(long project) {
        return processor.readJson(path(project) + "tasks/T6/").get("verifications");
    }

    private static String path(long project) {
        return "/api/v2/projects/" + project + "/";
    }

    private static String type(String slug, String name) {
        return "{\"slug\":\"" + slug + "\",\"name\":\"" + name + "\"}";
    }

    private static List<Long> ids(JsonNode list) {
        return StreamSupport.stream(list.get("results").spliterator(), false)
                .map(item -> item.get("id").longValue())
                .toList();
    }
}
