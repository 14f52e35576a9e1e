package dev.sluice.test.history;

import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.Document;

/**
 * The contents of a projection as text, for comparison.
 *
 * @param documents by id: the kind, the submission it repeats, and the one it was resubmitted for
 * @param tasks by id: the current status, the number of notes, and the time of the last one
 * @param counts by project: {@code sessions.fortify}, {@code states.stored} and so on, without zeros
 * @param claims by key: the submission that it belongs to
 */
public record Projection(
        Map<Long, String> documents,
        Map<String, String> tasks,
        Map<Long, Map<String, Long>> counts,
        Map<String, Long> claims) {

    public static Projection in(MongoDatabase database) {
        return new Projection(documents(database), tasks(database), counts(database), claims(database));
    }

    /** Merges the projections of several partitions. */
    public static Projection all(List<Projection> parts) {
        Projection all = new Projection(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (Projection part : parts) {
            all.documents.putAll(part.documents);
            all.tasks.putAll(part.tasks);
            all.counts.putAll(part.counts);
            all.claims.putAll(part.claims);
        }
        return all;
    }

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
                                    : "")
                            + (document.getDate("processed") == null ? " never processed" : ""));
        }
        return documents;
    }

    private static Map<String, String> tasks(MongoDatabase database) {
        Map<String, String> tasks = new TreeMap<>();
        for (BsonDocument group :
                database.getCollection("verifications", BsonDocument.class).find()) {
            String project = group.getInt64("project").getValue() + "-";
            group.getDocument("tasks").forEach((task, fields) -> tasks.put(project + task, task(fields.asDocument())));
        }
        return tasks;
    }

    private static String task(BsonDocument task) {
        Map<String, String> standing = new TreeMap<>();
        task.getDocument("standing")
                .forEach((type, status) -> standing.put(type, status.asString().getValue()));
        return task.getString("status").getValue() + " " + standing + " notes="
                + task.getInt64("notes").getValue() + " updated="
                + task.getDateTime("updated").getValue();
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
        Map<String, Long> claims = new TreeMap<>();
        for (Document claim : database.getCollection("keys").find()) {
            claims.put(claim.getString("_id"), claim.getLong("submission"));
        }
        return claims;
    }
}
