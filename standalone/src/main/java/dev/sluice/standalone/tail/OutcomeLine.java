package dev.sluice.standalone.tail;

import dev.sluice.contract.submission.Texts;
import dev.sluice.contract.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Formats an outcome as one line for people. */
final class OutcomeLine {

    private static final int MAX_CHANGES = 5;
    private static final int MAX_ERRORS = 5;
    private static final int MAX_TEXT = 300;
    private static final int SECONDS = "2026-11-24T10:15:30".length();
    private static final List<String> STATUSES = List.of("fail", "partial", "pass", "none");

    private final Ansi ansi;

    OutcomeLine(Ansi ansi) {
        this.ansi = ansi;
    }

    /** The possible outcomes of a submission, each with picocli's name of its color. */
    private enum State {
        STORED("green"),
        DUPLICATE("yellow"),
        REJECTED("red"),
        DEAD_LETTERED("magenta");

        private final String color;

        State(String color) {
            this.color = color;
        }

        /** The state's name on the topic. */
        private String slug() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    String of(ConsumerRecord<byte[], byte @Nullable []> record) {
        JsonNode json = json(record.value());
        for (State state : State.values()) {
            if (json.path("state").asString("").equals(state.slug())) {
                // Anyone may have written to the topic, so escape what could control the terminal.
                String details = Printable.text(project(json) + "  " + details(state, json));
                return Printable.text(time(json)) + "  " + colored(state) + "  " + details;
            }
        }
        return "not an outcome that this version knows: partition " + record.partition() + ", offset "
                + record.offset();
    }

    private static JsonNode json(byte @Nullable [] value) {
        try {
            return value == null
                    ? MissingNode.getInstance()
                    : JsonMapper.shared().readTree(value);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    private String colored(State state) {
        return ansi.string("@|" + state.color + " " + String.format(Locale.ROOT, "%-13s", state.slug()) + "|@");
    }

    private static String time(JsonNode json) {
        String processed = shortened(json.path("processed").asString(""));
        return processed.length() < SECONDS
                ? processed
                : processed.substring(0, SECONDS).replace('T', ' ') + "Z";
    }

    private static String project(JsonNode json) {
        return json.path("project").isIntegralNumber() ? "project " + json.path("project") : "no project";
    }

    private static String details(State state, JsonNode json) {
        String id = json.path("id").toString();
        return switch (state) {
            case STORED -> stored(json) + counts(json.path("notes")) + changes(json);
            case DUPLICATE -> id + " repeats " + json.path("duplicate_of");
            case REJECTED -> id + ": " + errors(json.path("errors"));
            case DEAD_LETTERED ->
                id + " at partition " + json.path("partition") + ", offset " + json.path("offset") + ": "
                        + shortened(json.path("reason").asString(""));
        };
    }

    private static String stored(JsonNode json) {
        String type = shortened(json.path("analysis_type").asString(""));
        return json.has("note")
                ? "note " + json.path("note") + " on "
                        + shortened(json.path("task").asString("")) + ", " + type
                : "session " + json.path("session") + ", " + type + " \""
                        + shortened(json.path("analysis_ref").asString("")) + "\"";
    }

    private static String counts(JsonNode notes) {
        String counts = STATUSES.stream()
                .filter(status -> notes.path(status).asInt(0) > 0)
                .map(status -> notes.path(status) + " " + status)
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? ", no notes" : ", " + counts;
    }

    private static String changes(JsonNode json) {
        JsonNode listed = json.path("verifications");
        if (listed.isEmpty()) {
            return "";
        }
        String shown = listed.valueStream()
                .limit(MAX_CHANGES)
                .map(change -> shortened(change.path("task").asString("")) + " "
                        + shortened(change.path("from").asString("new")) + " -> "
                        + shortened(change.path("to").asString("")))
                .collect(Collectors.joining(", "));
        int more = json.path("verifications_total").asInt(listed.size()) - Math.min(listed.size(), MAX_CHANGES);
        return "; " + shown + (more > 0 ? " and " + more + " more tasks" : "");
    }

    private static String errors(JsonNode errors) {
        List<String> all = new ArrayList<>();
        gather("", errors, all);
        String shown = all.stream().limit(MAX_ERRORS).collect(Collectors.joining("; "));
        return shortened(shown) + (all.size() > MAX_ERRORS ? "; and " + (all.size() - MAX_ERRORS) + " more" : "");
    }

    /** Collects each error with its location, such as {@code notes[2].task}. */
    private static void gather(String at, JsonNode node, List<String> all) {
        if (node.isObject()) {
            node.propertyStream()
                    .forEach(field ->
                            gather(at.isEmpty() ? field.getKey() : at + "." + field.getKey(), field.getValue(), all));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                gather(node.get(i).isObject() ? at + "[" + i + "]" : at, node.get(i), all);
            }
        } else {
            all.add(at + ": " + node.asString(""));
        }
    }

    // A long text must not flood the terminal.
    private static String shortened(String text) {
        return Texts.cut(text, MAX_TEXT);
    }
}
