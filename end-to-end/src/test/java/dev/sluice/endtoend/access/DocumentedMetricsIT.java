package dev.sluice.endtoend.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.http.api.ApiResource;
import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.reference.ReferenceTables;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code docs/reference.md} lists our own metrics and their labels under the names that Prometheus shows. */
class DocumentedMetricsIT {

    private static final long PROJECT = 7;
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(sluice_[a-z_]+?)(?:_bucket|_count|_sum|_max)?(?:\\{(.*)})? [^ ]+$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"[^\"]*\"");
    private static final String OF_HISTOGRAMS = "le";

    private final Edges edges = Edges.shared();

    @Test
    void listsWhatBothServicesShow() {
        String writer = edges.token(Role.WRITER, PROJECT).reveal();
        String sessions = ApiResource.SESSIONS.pathIn(PROJECT);
        await().until(() -> edges.get(sessions, writer).statusCode() == 200
                && edges.post(sessions, writer, "").statusCode() == 400);
        // A feed is counted when its response has been sent.
        assertThat(edges.post(sessions, writer, "{}", "Content-Type", "application/x-ndjson")
                        .body())
                .contains("durable_through");

        for (ServiceProcess edge : edges.both()) {
            assertThat(ReferenceTables.metrics()).as(edge.process().toString()).containsAllEntriesOf(shownBy(edge));
        }
    }

    /** The names of the labels, by metric. */
    private Map<String, Set<String>> shownBy(ServiceProcess edge) {
        Map<String, Set<String>> shown = new TreeMap<>();
        SAMPLE.matcher(edges.send(edge, "GET", "/observe/metrics", null).body())
                .results()
                .forEach(sample -> shown.computeIfAbsent(sample.group(1), _ -> new TreeSet<>())
                        .addAll(labels(sample.group(2))));
        assertThat(shown).isNotEmpty();
        return shown;
    }

    private static Set<String> labels(@Nullable String of) {
        Set<String> labels = new TreeSet<>();
        if (of != null) {
            LABEL.matcher(of).results().forEach(label -> labels.add(label.group(1)));
        }
        labels.remove(OF_HISTOGRAMS);
        return labels;
    }
}
