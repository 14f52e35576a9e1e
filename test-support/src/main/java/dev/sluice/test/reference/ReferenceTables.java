package dev.sluice.test.reference;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What the tables of {@code docs/reference.md} list. */
public final class ReferenceTables {

    private static final Path FILE = Path.of("..", "docs", "reference.md");
    private static final Pattern SETTING = Pattern.compile("`(SLUICE_[A-Z_]+)`");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    private ReferenceTables() {}

    public static Set<String> settings() {
        return rowsWith("variable").stream()
                .flatMap(row -> names(SETTING, cell(row, "variable")).stream())
                .collect(toCollection(TreeSet::new));
    }

    /** By name of each metric, as Prometheus shows it, the names of its labels. */
    public static Map<String, Set<String>> metrics() {
        return rowsWith("metric").stream()
                .collect(toMap(
                        row -> names(NAME, cell(row, "metric")).iterator().next(),
                        row -> names(NAME, cell(row, "labels").split(":", 2)[0]),
                        (one, other) -> {
                            throw new AssertionError("a metric is listed twice");
                        },
                        TreeMap::new));
    }

    private static Set<String> names(Pattern pattern, String cell) {
        return pattern.matcher(cell).results().map(name -> name.group(1)).collect(toCollection(TreeSet::new));
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), () -> "no column " + column + " in " + row);
    }

    /** The rows of all tables that have the column, each by the headings of its columns. */
    private static List<Map<String, String>> rowsWith(String column) {
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> headings = List.of();
        for (String line : lines()) {
            List<String> cells = cells(line);
            if (cells.isEmpty() || headings.isEmpty()) {
                headings = cells;
            } else if (headings.contains(column) && !line.startsWith("|---")) {
                rows.add(row(headings, cells));
            }
        }
        return rows;
    }

    private static Map<String, String> row(List<String> headings, List<String> cells) {
        return IntStream.range(0, headings.size()).boxed().collect(toMap(headings::get, cells::get));
    }

    private static List<String> cells(String line) {
        return line.startsWith("|") ? List.of(line.substring(2).split(" *\\| *", -1)) : List.of();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
