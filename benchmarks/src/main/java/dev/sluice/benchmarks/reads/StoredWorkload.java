package dev.sluice.benchmarks.reads;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.sluice.benchmarks.installation.FullLog;
import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Service;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.process.Patience;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.SubmissionFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.bson.Document;

/** Sessions that are stored through the log, and a processor that serves reads of them. */
public final class StoredWorkload implements AutoCloseable {

    private static final Duration STORED_WITHIN = Duration.ofMinutes(15);
    private static final int PATHS = 5_000;

    private final Plan plan;
    private final MongoClient client;
    private final String database;
    private final String uri;
    private final Topics topics;
    private final Service processor;

    /** Starts storing {@code count} small sessions. */
    public StoredWorkload(Plan plan, Kafka kafka, Store store, String name, int count) {
        this(plan, kafka, store, name, topics -> FullLog.fill(topics, SessionSize.SMALL, count));
    }

    /** Starts storing the sessions that {@code filling} puts into the log. */
    StoredWorkload(Plan plan, Kafka kafka, Store store, String name, Consumer<Topics> filling) {
        this.plan = plan;
        this.client = store.client();
        this.database = "sluice_bench_" + name;
        this.uri = store.database(database);
        this.topics = Topics.make(kafka, name + ".");
        client.getDatabase(database).drop();
        filling.accept(topics);
        this.processor = Service.sessionProcessor(plan.root(), topics, uri, List.of("-Xmx1g"));
    }

    public String database() {
        return database;
    }

    String uri() {
        return uri;
    }

    String token() {
        return topics.token();
    }

    public Service processor() {
        return processor;
    }

    public void await(int count) {
        Patience.await(
                count + " sessions in " + database,
                STORED_WITHIN,
                () -> submissions().estimatedDocumentCount() >= count);
        processor.awaitReady();
    }

    Path sessions() throws IOException {
        return write(paths(true));
    }

    /** A file with the paths of projects' newest pages; each project occurs as often as it has sessions. */
    Path pages() throws IOException {
        return write(paths(false));
    }

    /** The id of the submission that comes after {@code older} others. */
    long idAfter(int older) {
        Document found = submissions()
                .find()
                .sort(Sorts.ascending(SubmissionFields.ID))
                .skip(older)
                .projection(Projections.include(SubmissionFields.ID))
                .first();
        return Objects.requireNonNull(found).getLong(SubmissionFields.ID);
    }

    @Override
    public void close() {
        processor.close();
        client.getDatabase(database).drop();
    }

    private List<String> paths(boolean ofSessions) {
        List<String> paths = new ArrayList<>();
        for (Document submission : submissions()
                .find()
                .projection(Projections.include(SubmissionFields.PROJECT))
                .limit(PATHS)) {
            String project = "/api/v2/projects/" + submission.get(SubmissionFields.PROJECT) + "/analysis-sessions/";
            paths.add(ofSessions ? project + submission.get(SubmissionFields.ID) + "/" : project + "?page_size=50");
        }
        return paths;
    }

    private MongoCollection<Document> submissions() {
        return client.getDatabase(database).getCollection(MongoSubmissions.COLLECTION);
    }

    Path write(List<String> paths) throws IOException {
        Path folder = plan.freshFolder("paths");
        Files.createDirectories(folder);
        return Files.write(folder.resolve("paths"), paths);
    }
}
