package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sessions that a test finds again by their name among those of others in the same log. */
record NamedSessions(String name) {

    String session(int number) {
        return "{\"analysis_ref\":\"" + name + "-" + number + "\",\"analysis_type\":\"veracode\"}";
    }

    /** A feed of the first {@code count}. */
    String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> session(i) + "\n").collect(Collectors.joining());
    }

    /** Those that are in the log, as text. */
    List<String> in(LogUnderTest log) {
        return log.all().stream()
                .map(record -> new String(record.value(), UTF_8))
                .filter(text -> text.contains("\"" + name + "-"))
                .toList();
    }
}
