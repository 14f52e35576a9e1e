package dev.sluice.standalone.audit;

import dev.sluice.processor.audit.AuditReport;
import dev.sluice.processor.audit.PartitionSums;
import dev.sluice.processor.progress.Tally;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats an audit's report for people: the totals, the discrepancies, and a conclusion. */
final class ReportText {

    private static final String ROW = "%-9s  %12s  %12s  %10s  %10s  %13s  %10s  %8s%n";

    private ReportText() {}

    static String of(AuditReport report, Duration took) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                ROW,
                "PARTITION",
                "ACCEPTED",
                "= STORED",
                "DUPLICATE",
                "REJECTED",
                "DEAD-LETTERED",
                "IN FLIGHT",
                "MISSING"));
        report.partitions().forEach(sums -> text.append(row(Integer.toString(sums.partition()), sums)));
        text.append(row("all", report.total())).append('\n');
        report.first()
                .forEach(flaw -> text.append("WRONG  ")
                        .append(flaw.kind().label())
                        .append(": ")
                        .append(flaw.text())
                        .append('\n'));
        return text.append(closing(report, took)).toString();
    }

    private static String row(String name, PartitionSums sums) {
        Tally outcomes = sums.outcomes();
        return String.format(
                Locale.ROOT,
                ROW,
                name,
                grouped(sums.accepted()),
                grouped(outcomes.stored()),
                grouped(outcomes.duplicate()),
                grouped(outcomes.rejected()),
                grouped(outcomes.deadLettered()),
                grouped(sums.inFlight()),
                grouped(sums.missing()));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String closing(AuditReport report, Duration took) {
        AuditReport.Compared compared = report.compared();
        String unchecked = report.unchecked() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%nNot checked, for the log no longer has their history: %,d documents, tasks, counts and keys.",
                        report.unchecked());
        String checked = String.format(
                Locale.ROOT,
                "%,d records, %,d tasks, %,d projects' counts and %,d keys compared in %.1f s.",
                report.total().accepted(),
                compared.tasks(),
                compared.counts(),
                compared.keys(),
                took.toMillis() / 1000.0);
        String reworded = report.reworded() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%nSay the reason in other words, as another version does: %,d rejections and dead letters.",
                        report.reworded());
        return checked + unchecked + reworded + "\n" + verdict(report);
    }

    private static String verdict(AuditReport report) {
        if (report.holds()) {
            return "No discrepancies found.";
        }
        long all = report.flaws().values().stream().mapToLong(Long::longValue).sum();
        String kinds = report.flaws().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry ->
                        String.format(Locale.ROOT, "%s %,d", entry.getKey().label(), entry.getValue()))
                .collect(Collectors.joining(", "));
        String listed = report.first().size() < all ? " (" + report.first().size() + " listed)" : "";
        return String.format(Locale.ROOT, "WRONG: %,d%s: %s.", all, listed, kinds);
    }
}
