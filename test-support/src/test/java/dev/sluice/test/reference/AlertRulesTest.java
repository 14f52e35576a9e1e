package dev.sluice.test.reference;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code deploy/alerts.yml} has rules for exactly what {@code docs/operations.md} says in bold, of metrics and labels that exist. */
class AlertRulesTest {

    private static final Path RULES = Path.of("..", "deploy", "alerts.yml");
    private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");
    private static final Pattern BOLD_ROW =
            Pattern.compile("(?m)^\\| \\*\\*(.+?)\\*\\*.*\\]\\(([^)]*#[^)]*)\\)[^|]* \\|$");
    private static final Pattern REASON_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");
    private static final Pattern METRIC = Pattern.compile("sluice_[a-z_]+");
    private static final Pattern LABELS = Pattern.compile("by \\(([a-z, ]+)\\)|([a-z]+)=");
    private static final Pattern REASONS = Pattern.compile("reason=~\"([^\"]+)\"");
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    @Test
    void haveARuleForEachRowInBoldAndNoOther() throws IOException {
        Map<String, Set<String>> inBold = new TreeMap<>();
        BOLD_ROW.matcher(Files.readString(OPERATIONS))
                .results()
                .forEach(row -> add(inBold, link(row.group(2)), metrics(row.group(1))));
        Map<String, Set<String>> ruled = new TreeMap<>();
        rules().forEach(rule -> add(ruled, rule.at("/annotations/runbook").stringValue(), metrics(expression(rule))));

        assertThat(inBold).isNotEmpty();
        assertThat(ruled).isEqualTo(inBold);
    }

    @Test
    void nameMetricsAndLabelsThatExist() throws IOException {
        Map<String, Set<String>> documented = ReferenceTables.metrics();

        assertThat(rules()).allSatisfy(rule -> {
            String expression = expression(rule);
            Set<String> labels = new TreeSet<>(OF_PROMETHEUS);
            metrics(expression).forEach(metric -> {
                assertThat(documented).containsKey(metric);
                labels.addAll(documented.get(metric));
            });
            assertThat(labels).containsAll(labels(expression));
        });
    }

    @Test
    void alertOnEachReasonOfOurs() throws IOException {
        String overload =
                Files.readString(OPERATIONS).split("\n### Overload\n", 2)[1].split("\n### ", 2)[0];

        assertThat(rules().flatMap(rule -> REASONS.matcher(expression(rule)).results())
                        .flatMap(reasons -> Stream.of(reasons.group(1).split("\\|"))))
                .containsExactlyInAnyOrderElementsOf(REASON_ROW
                        .matcher(overload)
                        .results()
                        .map(row -> row.group(1))
                        .toList());
    }

    @Test
    void sayWhatIsWrongAndHowUrgentItIs() throws IOException {
        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/annotations/summary").stringValue()).isNotBlank();
            assertThat(rule.at("/labels/severity").stringValue()).isIn("critical", "warning");
        });
    }

    private static Stream<JsonNode> rules() throws IOException {
        return new YAMLMapper()
                .readTree(Files.readString(RULES))
                .at("/groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream());
    }

    private static String expression(JsonNode rule) {
        return rule.path("expr").stringValue();
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(toCollection(TreeSet::new));
    }

    private static List<String> labels(String expression) {
        return LABELS.matcher(expression)
                .results()
                .flatMap(found -> found.group(1) == null
                        ? Stream.of(found.group(2))
                        : Stream.of(found.group(1).split(", ")))
                .toList();
    }

    /** The section as rules name it. */
    private static String link(String fromOperations) {
        return "docs/" + (fromOperations.startsWith("#") ? "operations.md" : "") + fromOperations;
    }

    private static void add(Map<String, Set<String>> to, String link, Set<String> metrics) {
        to.computeIfAbsent(link, _ -> new TreeSet<>()).addAll(metrics);
    }
}
