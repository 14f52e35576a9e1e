package dev.sluice.benchmarks.lists;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.StoreIndexes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.data.mongodb.core.MongoTemplate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fills a database with sessions of one project, and measures the cost of pages near the start and far from it. */
@Command(
        name = "list-benchmark",
        mixinStandardHelpOptions = true,
        description =
                "Measures lists on a MongoDB with many sessions. The database is dropped first and kept afterwards.")
public final class ListBenchmark implements Callable<Integer> {

    private static final String DATABASE = "sluice_list_benchmark";
    private static final String PAGE = "page_size";
    private static final String SIZE = "50";
    private static final double DEEP = 0.9;

    @Option(names = "--mongodb", required = true, description = "MongoDB's address, as in mongodb://host:27017")
    private String mongodb = "";

    @Option(names = "--sessions", defaultValue = "1000000", description = "How many sessions; default ${DEFAULT-VALUE}")
    private int sessions;

    @Option(names = "--notes", defaultValue = "2", description = "Notes per session; default ${DEFAULT-VALUE}")
    private int notes;

    @Option(names = "--rounds", defaultValue = "200", description = "Reads of each list; default ${DEFAULT-VALUE}")
    private int rounds;

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ListBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() {
        Plans plans = new Plans();
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongodb))
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .addCommandListener(plans)
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            MongoDatabase database = client.getDatabase(DATABASE);
            database.drop();
            Generation generation = Generation.first(new MongoTemplate(client, DATABASE));
            new StoreIndexes(generation).ensure();
            Duration load = new SessionLoad(generation, notes).store(sessions);
            System.out.printf(
                    "%,d sessions of %d notes stored in %.1f s, %,.0f a second%n%n",
                    sessions, notes, load.toMillis() / 1e3, sessions * 1e3 / Math.max(1, load.toMillis()));
            try (ListsUnderTest lists = new ListsUnderTest(client, DATABASE)) {
                measure(lists, plans, database);
            }
        }
        return 0;
    }

    private void measure(ListsUnderTest lists, Plans plans, MongoDatabase database) {
        System.out.printf("%-34s %9s %9s %7s %6s  %s%n", "", "median ms", "95% ms", "ratio", "status", "plan");
        double first = 0;
        for (Map.Entry<String, Map<String, String>> row : rows().entrySet()) {
            ListRequest request = new ListRequest(SessionLoad.PROJECT, "T1", row.getValue());
            boolean ofNotes = row.getKey().startsWith("notes");
            // A warm-up round, not measured: the JVM and the store's cache are cold.
            Durations.of(rounds, () -> lists.answer(request, ofNotes));
            plans.forget();
            Durations durations = Durations.of(rounds, () -> lists.answer(request, ofNotes));
            String plan = plans.explain(database);
            first = first == 0 ? durations.medianMillis() : first;
            System.out.printf(
                    "%-34s %9.2f %9.2f %7.1f %6d  %s%n",
                    row.getKey(),
                    durations.medianMillis(),
                    durations.slowMillis(),
                    durations.medianMillis() / first,
                    durations.status(),
                    plan);
        }
    }

    private Map<String, Map<String, String>> rows() {
        long deep = new SubmissionId(SessionLoad.PARTITION, (long) (sessions * (1 - DEEP))).value();
        String deepPage = Long.toString(Math.max(1, (long) (sessions * DEEP) / Long.parseLong(SIZE)));
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        rows.put("newest page", Map.of(PAGE, SIZE));
        rows.put("page behind 90%, by its link", Map.of(PAGE, SIZE, "before", Long.toString(deep)));
        rows.put("oldest page", Map.of(PAGE, SIZE, "ordering", "id"));
        rows.put("page behind 90%, by its number", Map.of(PAGE, SIZE, "page", deepPage));
        rows.put("a quarter's type, newest page", Map.of(PAGE, SIZE, "analysis_type", "fortify"));
        rows.put("a rare type", Map.of(PAGE, SIZE, "analysis_type", "whitehat"));
        rows.put("a reference of one in 1000", Map.of(PAGE, SIZE, "analysis_ref", "application-7"));
        rows.put("a rare reference", Map.of(PAGE, SIZE, "analysis_ref", SessionLoad.RARE_REF));
        rows.put(
                "a rare updater, without an index",
                Map.of(PAGE, SIZE, "updater", Long.toString(SessionLoad.RARE_USER)));
        rows.put("notes of a task, newest page", Map.of(PAGE, SIZE));
        rows.put(
                "notes behind 90%, by their link",
                Map.of(PAGE, SIZE, "before", Long.toString(new NoteId(deep, 1).value())));
        return rows;
    }
}
