package dev.sluice.endtoend.access;

import static dev.sluice.test.Patience.PATIENCE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.http.api.ApiResource;
import dev.sluice.test.process.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference.md} lists exactly our own metrics, under the names that Prometheus shows. */
class DocumentedMetricsIT {

    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("sluice.root")));
    private static final long PROJECT = 7;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(sluice_[a-z_]+)` \\|");
    private static final Pattern SHOWN = Pattern.compile("(?m)^# TYPE (sluice_[a-z_]+?)(_max)? ");
    private static final Pattern IN_SOURCE =
            Pattern.compile("\"(sluice(\\.(http|ingest|processor|log)(\\.[a-z]+)+))\"");

    private final Edges edges = Edges.shared();

    @Test
    void listsWhatBothServicesShow() {
        String writer = edges.token(Role.WRITER, PROJECT).reveal();
        String sessions = ApiResource.SESSIONS.pathIn(PROJECT);
        await().atMost(PATIENCE)
                .until(() -> edges.get(sessions, writer).statusCode() == 200
                        && edges.post(sessions, writer, "").statusCode() == 400);
        // A feed is counted when its response has been sent.
        assertThat(edges.post(sessions, writer, "{}", "Content-Type", "application/x-ndjson")
                        .body())
                .contains("durable_through");

        for (ServiceProcess edge : edges.both()) {
            assertThat(documented()).as(edge.process().toString()).containsAll(shownBy(edge));
        }
    }

    @Test
    void listsWhatTheSourcesNameAndNothingElse() throws IOException {
        Set<String> documented = documented();
        Set<String> named = namedInSources();

        assertThat(named)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(documented).anyMatch(shown -> isShownAs(shown, name)));
        assertThat(documented).allSatisfy(shown -> assertThat(named).anyMatch(name -> isShownAs(shown, name)));
    }

    private static boolean isShownAs(String shown, String name) {
        return Stream.of("", "_total", "_seconds", "_bytes", "_seconds_total")
                .anyMatch(end -> shown.equals(name + end));
    }

    private Set<String> shownBy(ServiceProcess edge) {
        Set<String> shown =
                found(SHOWN, edges.send(edge, "GET", "/observe/metrics", null).body());
        assertThat(shown).isNotEmpty();
        return shown;
    }

    private static Set<String> documented() {
        try {
            return found(ROW, Files.readString(ROOT.resolve("docs/reference.md")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> namedInSources() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String module : List.of("http-support", "ingest-api", "session-processor", "standalone")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    named.addAll(found(IN_SOURCE, Files.readString(file)));
                }
            }
        }
        return named;
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1).replace('.', '_'))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
