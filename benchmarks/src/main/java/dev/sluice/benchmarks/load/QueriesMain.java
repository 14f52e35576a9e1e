package dev.sluice.benchmarks.load;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.ConnectionString;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.processor.read.session.SessionReads;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** The baseline for reads: for each path, sends only the query that the read API would send. */
final class QueriesMain {

    private static final int PAGE = 50;
    private static final int PROJECT_AT = 4;
    private static final int SESSION_AT = 6;
    private static final List<String> TYPES =
            AnalysisType.OF_SESSIONS.stream().map(AnalysisType::slug).toList();

    private QueriesMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        Arguments given = Arguments.of(arguments);
        ConnectionString uri = new ConnectionString(given.text("mongodb"));
        try (MongoClient client = MongoClients.create(uri)) {
            MongoCollection<RawBsonDocument> submissions = client.getDatabase(Objects.requireNonNull(uri.getDatabase()))
                    .getCollection(MongoSubmissions.COLLECTION, RawBsonDocument.class);
            List<String> paths = Files.readAllLines(Path.of(given.text("paths")));
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < given.connections(); i++) {
                exchanges.add(new Query(submissions, paths));
            }
            given.loop().run(exchanges);
        }
    }

    private record Query(MongoCollection<RawBsonDocument> submissions, List<String> paths) implements Exchange {

        @Override
        public boolean once(int number, Timings timings, long due) {
            int found = find(paths.get(number % paths.size()))
                    .into(new ArrayList<>())
                    .size();
            timings.answered(due);
            return found > 0;
        }

        // The same queries as in SessionReads and StoredSubmissions.
        private FindIterable<RawBsonDocument> find(String path) {
            String[] parts = path.split("/", -1);
            String session = parts[SESSION_AT];
            if (!session.startsWith("?")) {
                return submissions
                        .find(new BsonDocument(SubmissionFields.ID, new BsonInt64(Long.parseLong(session)))
                                .append(SubmissionFields.PROJECT, new BsonInt64(Long.parseLong(parts[PROJECT_AT]))))
                        .hintString(StoreIndexes.BY_ID)
                        .projection(exclude(SubmissionFields.NOTES))
                        .limit(1);
            }
            Bson sessions = and(
                    eq(SubmissionFields.PROJECT, Long.parseLong(parts[PROJECT_AT])),
                    eq(SubmissionFields.KIND, SubmissionKind.SESSION.slug()),
                    in(SubmissionFields.ANALYSIS_TYPE, TYPES));
            return submissions
                    .find(sessions)
                    .sort(descending(SubmissionFields.ID))
                    .hintString(StoreIndexes.BY_KIND_AND_TYPE)
                    .projection(SessionReads.SHOWN)
                    .limit(PAGE + 1);
        }

        /** Does nothing, because the client is shared. */
        @Override
        public void close() {}
    }
}
