package dev.sluice.processor;

import com.mongodb.client.MongoCollection;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.audit.Flaw;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;

/** A change to the store, and what an audit must report about it. */
record Tampering(String name, Consumer<AuditedLog> act, Set<Flaw.Kind> kinds, String says) {

    static final List<Tampering> ALL = List.of(
            tampering(
                    "a document is removed",
                    log -> submissions(log).deleteOne(session(log)),
                    "has no document: expected stored",
                    Flaw.Kind.MISSING,
                    Flaw.Kind.PROGRESS),
            tampering(
                    "a document is doubled under a text",
                    log -> doubled(log, new BsonString("twin")),
                    "with the _id \"twin\"",
                    Flaw.Kind.EXTRA),
            tampering(
                    "a document is doubled under a fraction",
                    log -> doubled(log, new BsonDouble(300.5)),
                    "with the _id 300.5",
                    Flaw.Kind.EXTRA),
            tampering(
                    "a document is doubled under an ObjectId",
                    log -> doubled(log, new BsonObjectId()),
                    "which is no submission's",
                    Flaw.Kind.EXTRA),
            tampering(
                    "a document is doubled beyond the log's end",
                    log -> doubled(log, new BsonInt64(log.inFlight() + 256 * 1000)),
                    "beyond the log's end",
                    Flaw.Kind.EXTRA),
            tampering(
                    "a document is doubled in a partition that there is not",
                    log -> doubled(log, new BsonInt64(256 + 200)),
                    "there are 3 partitions",
                    Flaw.Kind.EXTRA),
            tampering(
                    "a document is doubled where the log has no record",
                    log -> doubled(log, new BsonInt64(log.emptyPlace())),
                    "where the log has no record",
                    Flaw.Kind.EXTRA),
            tampering(
                    "a finding is changed",
                    log -> set(log, "notes.0.findings.0.n", 2),
                    ": notes.0.findings.0.n is another value",
                    Flaw.Kind.CHANGED),
            tampering(
                    "a number's type is changed",
                    log -> set(log, "extra.a.b", "1.5"),
                    ": extra.a.b is another value",
                    Flaw.Kind.CHANGED),
            tampering(
                    "a field is added", log -> set(log, "more", true), ": more should not be there", Flaw.Kind.CHANGED),
            tampering(
                    "a kind is changed",
                    log -> set(log, "kind", "rejected"),
                    "kind is \"rejected\": expected \"session\"",
                    Flaw.Kind.CHANGED),
            tampering(
                    "what was rejected is stored",
                    log -> submissions(log)
                            .updateOne(
                                    new Document("project", 3L).append("kind", "rejected"),
                                    new Document(
                                            "$set",
                                            new Document("kind", "session").append("analysis_type", "fortify"))),
                    "kind is \"session\": expected \"rejected\"",
                    Flaw.Kind.REFUSED),
            tampering(
                    "when it was processed is lost",
                    log -> set(log, "processed", "never"),
                    "processed is another value",
                    Flaw.Kind.CHANGED),
            tampering(
                    "a document in flight is wrong",
                    log -> doubled(log, new BsonInt64(log.inFlight())),
                    ": received is ",
                    Flaw.Kind.CHANGED),
            tampering(
                    "progress moves forward beyond the log",
                    log -> progress(log, 1000),
                    "beyond the log's end",
                    Flaw.Kind.PROGRESS,
                    Flaw.Kind.MISSING,
                    Flaw.Kind.TASK,
                    Flaw.Kind.COUNT,
                    Flaw.Kind.KEY),
            tampering(
                    "progress moves forward within the log",
                    log -> progress(log, 1),
                    "it was moved forward",
                    Flaw.Kind.PROGRESS,
                    Flaw.Kind.MISSING,
                    Flaw.Kind.TASK,
                    Flaw.Kind.COUNT),
            tampering("progress moves back", log -> progress(log, -2), "and has counted", Flaw.Kind.PROGRESS),
            tampering(
                    "progress is removed",
                    log -> at(log, "progress").deleteOne(partition(log)),
                    "it was removed",
                    Flaw.Kind.PROGRESS),
            tampering(
                    "progress is of no partition",
                    log -> at(log, "progress").insertOne(BsonDocument.parse("""
                                            {_id: 9, began: NumberLong(0), next: NumberLong(1), stored: NumberLong(1), duplicate: NumberLong(0),
                                             rejected: NumberLong(0), dead_lettered: NumberLong(0), empty: NumberLong(0)}""")),
                    "there are 3 partitions",
                    Flaw.Kind.PROGRESS),
            tampering(
                    "progress has no position",
                    log -> at(log, "progress").updateOne(partition(log), BsonDocument.parse("{$unset: {next: 1}}")),
                    "is none of a partition's progress: Document does not contain key next",
                    Flaw.Kind.PROGRESS),
            tampering(
                    "a tally is changed",
                    log -> at(log, "progress").updateOne(partition(log), inc("rejected", 1)),
                    "and has counted",
                    Flaw.Kind.PROGRESS),
            tampering(
                    "a task's status is changed",
                    log -> tasks(log, "{$set: {'tasks.T1.status': 'none'}}"),
                    "tasks \"1-T.00\": tasks.T1.status is \"none\": expected \"fail\"",
                    Flaw.Kind.TASK),
            tampering(
                    "what stands for a task is changed",
                    log -> tasks(log, "{$set: {'tasks.T1.standing.fortify': 'pass'}}"),
                    "tasks.T1.standing.fortify is \"pass\"",
                    Flaw.Kind.TASK),
            tampering(
                    "a position of tasks is moved forward",
                    log -> tasks(log, "{$inc: {position: NumberLong(256)}}"),
                    "tasks \"1-T.00\": tasks.T1.notes is ",
                    Flaw.Kind.TASK),
            tampering(
                    "a task is removed",
                    log -> tasks(log, "{$unset: {'tasks.T2': 1}}"),
                    "tasks \"1-T.00\": tasks.T2 is missing",
                    Flaw.Kind.TASK),
            tampering(
                    "a task is added",
                    log -> tasks(log, "{$set: {'tasks.T9': {status: 'pass'}}}"),
                    "tasks \"1-T.00\": tasks.T9 is {",
                    Flaw.Kind.TASK),
            tampering(
                    "tasks that are kept together are removed",
                    log -> at(log, "verifications").deleteOne(new Document("_id", "1-T.00")),
                    "tasks \"1-T.00\": is missing",
                    Flaw.Kind.TASK),
            tampering(
                    "tasks that are kept together are added",
                    log -> at(log, "verifications").insertOne(BsonDocument.parse("{_id: '1-T.011', tasks: 'none'}")),
                    "tasks \"1-T.011\": should not be there",
                    Flaw.Kind.TASK),
            tampering(
                    "a count is changed",
                    log -> at(log, "counts").updateOne(new Document("_id", 2L), inc("states.duplicate", 1)),
                    "count 2: states.duplicate is 2: expected 1",
                    Flaw.Kind.COUNT),
            tampering(
                    "a count is removed",
                    log -> at(log, "counts").deleteOne(new Document("_id", 3L)),
                    "count 3: is missing",
                    Flaw.Kind.COUNT),
            tampering(
                    "a count is added",
                    log -> at(log, "counts").insertOne(BsonDocument.parse("{_id: 'x'}")),
                    "count \"x\": should not be there",
                    Flaw.Kind.COUNT),
            tampering(
                    "a count is of another form",
                    log -> at(log, "counts")
                            .updateOne(new Document("_id", 2L), BsonDocument.parse("{$set: {states: 7}}")),
                    "count 2: states is 7: expected {",
                    Flaw.Kind.COUNT),
            tampering(
                    "tasks are of another form",
                    log -> tasks(log, "{$set: {tasks: [], position: 'none'}}"),
                    "tasks \"1-T.00\": ",
                    Flaw.Kind.TASK),
            tampering(
                    "which generation is live is lost",
                    log -> at(log, "projection").insertOne(BsonDocument.parse("{_id: 'live', last: 1, retired: []}")),
                    "projection {\"_id\": \"live\"} cannot be read by this version: it was stored by a newer version,"
                            + " or is damaged (Document does not contain key generation); nothing was compared",
                    Flaw.Kind.STORE),
            tampering(
                    "which generations there are is lost",
                    log -> at(log, "projection")
                            .insertOne(BsonDocument.parse("{_id: 'live', generation: 1, last: 'two', retired: []}")),
                    "projection {\"_id\": \"live\"} cannot be read",
                    Flaw.Kind.STORE),
            tampering(
                    "which log the store is filled from is lost",
                    log -> at(log, "installation")
                            .updateMany(new Document(), BsonDocument.parse("{$set: {partitions: 'three'}}")),
                    "the document of the log that the store is filled from cannot be read",
                    Flaw.Kind.STORE),
            tampering(
                    "a key is removed",
                    log -> at(log, "keys").deleteOne(key()),
                    "key \"2 key the-key\" is missing",
                    Flaw.Kind.KEY),
            tampering(
                    "a key is given to another",
                    log -> at(log, "keys").updateOne(key(), inc("submission", 256)),
                    "key \"2 key the-key\": submission is ",
                    Flaw.Kind.KEY),
            tampering(
                    "a key is added",
                    log -> at(log, "keys")
                            .insertOne(new BsonDocument("_id", new BsonString("1 key x"))
                                    .append("submission", new BsonInt64(log.session()))),
                    "no submission in the log has claimed it",
                    Flaw.Kind.KEY),
            tampering(
                    "a key is added beyond the log's end",
                    log -> at(log, "keys")
                            .insertOne(new BsonDocument("_id", new BsonString("1 key x"))
                                    .append("submission", new BsonInt64(log.inFlight() + 256 * 1000))),
                    "key \"1 key x\": belongs to a submission beyond the log's end",
                    Flaw.Kind.KEY));

    @Override
    public String toString() {
        return name;
    }

    private static Tampering tampering(String name, Consumer<AuditedLog> act, String says, Flaw.Kind... kinds) {
        return new Tampering(name, act, Set.of(kinds), says);
    }

    private static MongoCollection<BsonDocument> at(AuditedLog log, String collection) {
        return log.processor().collection(collection);
    }

    private static MongoCollection<BsonDocument> submissions(AuditedLog log) {
        return at(log, "submissions");
    }

    private static Document session(AuditedLog log) {
        return new Document("_id", log.session());
    }

    private static void doubled(AuditedLog log, BsonValue id) {
        BsonDocument twin =
                Objects.requireNonNull(log.processor().stored(log.session())).clone();
        twin.put("_id", id);
        submissions(log).insertOne(twin);
    }

    private static void set(AuditedLog log, String field, Object value) {
        submissions(log).updateOne(session(log), new Document("$set", new Document(field, value)));
    }

    private static Document partition(AuditedLog log) {
        return new Document("_id", SubmissionId.of(log.session()).partition());
    }

    private static void progress(AuditedLog log, long by) {
        at(log, "progress").updateOne(partition(log), inc("next", by));
    }

    private static void tasks(AuditedLog log, String update) {
        at(log, "verifications").updateOne(new Document("_id", "1-T.00"), BsonDocument.parse(update));
    }

    private static Document key() {
        return new Document("_id", "2 key the-key");
    }

    private static Document inc(String field, long by) {
        return new Document("$inc", new Document(field, by));
    }
}
