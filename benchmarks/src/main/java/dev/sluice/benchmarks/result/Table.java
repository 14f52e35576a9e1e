package dev.sluice.benchmarks.result;

import java.util.List;
import java.util.Locale;

/** Formats figures for people: medians, with the minimum and maximum of all runs in brackets. */
public final class Table {

    private Table() {}

    public static String of(List<Figure> figures) {
        StringBuilder table = new StringBuilder();
        table.append(row("what", "unit", "Sluice", "against", "that", "ratio", "to reach"));
        table.append("|---|---|---|---|---|---|---|\n");
        for (Figure figure : figures) {
            Samples baseline = figure.baseline();
            table.append(row(
                    figure.what(),
                    figure.unit(),
                    spread(figure.ours()),
                    figure.against(),
                    baseline == null ? "" : spread(baseline),
                    baseline == null ? "" : spread(figure.measure()),
                    verdict(figure)));
        }
        return table.toString();
    }

    private static String verdict(Figure figure) {
        return figure.reach() == null ? "" : figure.reach() + (figure.isReached() ? ": yes" : ": NO");
    }

    private static String spread(Samples samples) {
        String median = number(samples.median());
        return samples.values().size() == 1
                ? median
                : median + " (" + number(samples.least()) + "-" + number(samples.most()) + ")";
    }

    private static String number(double value) {
        String format = Math.abs(value) >= 1000
                ? "%,.0f"
                : Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "| %-46s | %-10s | %22s | %-34s | %22s | %20s | %-14s |%n", cells);
    }
}
