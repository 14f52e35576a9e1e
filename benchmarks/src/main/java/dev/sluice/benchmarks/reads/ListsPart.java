package dev.sluice.benchmarks.reads;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import dev.sluice.benchmarks.installation.Kafka;
import dev.sluice.benchmarks.installation.Store;
import dev.sluice.benchmarks.load.Load;
import dev.sluice.benchmarks.load.Load.LoadReport;
import dev.sluice.benchmarks.result.Figure;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Part;
import dev.sluice.benchmarks.suite.Plan;
import dev.sluice.contract.id.NoteId;
import dev.sluice.processor.store.MongoSubmissions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;

/**
 * Pages of lists in a project with many sessions, one at a time: near its newest session and far from it, and filtered,
 * compared with the newest page. On MongoDB also how many documents each query examines, and with which plan.
 */
public final class ListsPart implements Part {

    private static final int PAGE = 50;
    private static final double DEEP = 0.9;
    private static final String NEWEST = "newest page";
    private static final String SESSIONS =
            "/api/v2/projects/" + LargeProject.ID + "/analysis-sessions/?page_size=" + PAGE;
    private static final String NOTES = "/api/v2/projects/%d/tasks/%d-T1/analysis-notes/?page_size=%d"
            .formatted(LargeProject.ID, LargeProject.ID, PAGE);

    @Override
    public List<Figure> measure(Plan plan) throws IOException {
        try (Kafka kafka = plan.startKafka();
                Store store = plan.openStore()) {
            int count = store.isReal() ? plan.either(200_000, 1_000_000) : plan.either(3_000, 20_000);
            try (StoredWorkload stored =
                    new StoredWorkload(plan, kafka, store, "lists", topics -> LargeProject.fill(topics, count))) {
                stored.await(count);
                String what = String.format(
                        Locale.ROOT, "%sof %,d sessions: ", store.isReal() ? "" : "embedded store, ", count);
                Map<String, String> pages = pages(count, stored.idAfter((int) (count * (1 - DEEP))));
                gets(stored, List.copyOf(pages.values()), Duration.ZERO, plan.warmUp());
                List<Figure> figures = new ArrayList<>(times(plan, stored, pages, what));
                if (store.isReal()) {
                    figures.addAll(plans(store.client().getDatabase(stored.database()), stored, pages));
                }
                return figures;
            }
        }
    }

    private static Map<String, String> pages(int count, long deep) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put(NEWEST, SESSIONS);
        pages.put("page behind 90 %, by its link", SESSIONS + "&before=" + deep);
        pages.put("oldest page", SESSIONS + "&ordering=id");
        pages.put("page behind 90 %, by its number", SESSIONS + "&page=" + (int) (count * DEEP) / PAGE);
        pages.put("a quarter's type", SESSIONS + "&analysis_type=fortify");
        pages.put("a rare type", SESSIONS + "&analysis_type=" + LargeProject.RARE_TYPE.slug());
        pages.put("a reference of one in 1000", SESSIONS + "&analysis_ref=" + LargeProject.A_REFERENCE);
        pages.put("a rare reference", SESSIONS + "&analysis_ref=" + LargeProject.RARE_REFERENCE);
        pages.put("a rare updater, without an index", SESSIONS + "&updater=" + LargeProject.RARE_USER.id());
        pages.put("notes of a task, newest page", NOTES);
        pages.put("notes behind 90 %, by their link", NOTES + "&before=" + new NoteId(deep, 1).value());
        return pages;
    }

    private static List<Figure> times(Plan plan, StoredWorkload stored, Map<String, String> pages, String what)
            throws IOException {
        Map<String, List<LoadReport>> reports = new LinkedHashMap<>();
        for (int run = 0; run < plan.runs(); run++) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                LoadReport report = gets(
                        stored,
                        List.of(page.getValue()),
                        plan.warmUp().dividedBy(8),
                        plan.measured().dividedBy(4));
                reports.computeIfAbsent(page.getKey(), _ -> new ArrayList<>()).add(report);
            }
        }
        Samples newest = millis(reports.getOrDefault(NEWEST, List.of()), "50");
        List<Figure> figures = new ArrayList<>();
        reports.forEach((page, all) -> {
            figures.add(Figure.of(what + page, "ms", millis(all, "50")).against("the newest page", newest));
            figures.add(Figure.of(page + ", p99", "ms", millis(all, "99")));
            if (all.stream().anyMatch(report -> report.failed() > 0)) {
                figures.add(Figure.of(page + ", not answered 200", "", Samples.of(all, LoadReport::failed)));
            }
        });
        return figures;
    }

    private static List<Figure> plans(MongoDatabase database, StoredWorkload stored, Map<String, String> pages)
            throws IOException {
        List<Figure> figures = new ArrayList<>();
        try {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                database.runCommand(new Document("profile", 2));
                gets(stored, List.of(page.getValue()), Duration.ZERO, Duration.ofMillis(100));
                database.runCommand(new Document("profile", 0));
                // Not the query that only asks whether there is a page before this one.
                Document query = database.getCollection("system.profile")
                        .find(and(
                                eq("op", "query"),
                                eq("command.find", MongoSubmissions.COLLECTION),
                                gt("command.limit", PAGE)))
                        .sort(descending("ts"))
                        .first();
                if (query != null) {
                    String what = page.getKey() + ", documents examined by " + query.get("planSummary") + " of "
                            + query.get("keysExamined") + " keys";
                    figures.add(Figure.of(
                            what,
                            "",
                            Samples.of(query.get("docsExamined", Number.class).doubleValue())));
                }
            }
        } catch (MongoException e) {
            // A sharded cluster has no profiler.
            System.err.println("no plans of lists: " + e.getMessage());
        }
        return figures;
    }

    private static LoadReport gets(StoredWorkload stored, List<String> paths, Duration warmUp, Duration measured)
            throws IOException {
        return Load.gets(stored.processor().address(), stored.token(), stored.write(paths), 1)
                .lasting(warmUp, measured)
                .on(stored.processor());
    }

    private static Samples millis(List<LoadReport> reports, String percentile) {
        return Samples.of(reports, report -> report.answeredMillis(percentile));
    }
}
