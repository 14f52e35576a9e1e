package dev.sluice.standalone.audit;

import dev.sluice.processor.audit.AuditReport;
import dev.sluice.processor.audit.Flaw;
import dev.sluice.processor.audit.PartitionSums;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Formats an audit's report for machines, as one JSON object on one line. */
final class ReportJson {

    private ReportJson() {}

    static String of(AuditReport report, Duration took) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("holds", report.holds());
        json.set("total", sums(report.total()));
        ArrayNode partitions = json.putArray("partitions");
        report.partitions()
                .forEach(sums -> partitions.add(sums(sums)
                        .put("partition", sums.partition())
                        .put("begin", sums.begin())
                        .put("end", sums.end())));
        json.putObject("compared")
                .put("tasks", report.compared().tasks())
                .put("counts", report.compared().counts())
                .put("keys", report.compared().keys());
        json.put("unchecked", report.unchecked());
        ObjectNode flaws = json.putObject("flaws");
        report.flaws().forEach((kind, count) -> flaws.put(name(kind), count));
        ArrayNode first = json.putArray("first_flaws");
        report.first()
                .forEach(
                        flaw -> first.addObject().put("kind", name(flaw.kind())).put("text", flaw.text()));
        json.put("seconds", took.toMillis() / 1000.0);
        return json.toString();
    }

    private static String name(Flaw.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode sums(PartitionSums sums) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("accepted", sums.accepted())
                .put("stored", sums.outcomes().stored())
                .put("duplicate", sums.outcomes().duplicate())
                .put("rejected", sums.outcomes().rejected())
                .put("dead_lettered", sums.outcomes().deadLettered())
                .put("in_flight", sums.inFlight())
                .put("missing", sums.missing());
    }
}
