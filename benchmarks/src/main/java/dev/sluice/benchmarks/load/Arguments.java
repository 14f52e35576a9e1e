package dev.sluice.benchmarks.load;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a program that makes load is told, as {@code name=value}. */
record Arguments(Map<String, String> byName) {

    static Arguments of(String[] arguments) {
        return new Arguments(Stream.of(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    /** Empty if it was not given. */
    String text(String name) {
        return byName.getOrDefault(name, "");
    }

    double rate() {
        return Double.parseDouble(byName.getOrDefault("rate", "0"));
    }

    /** The one that all sessions are of; 0 for those of the workload. */
    long project() {
        return Long.parseLong(byName.getOrDefault("project", "0"));
    }

    int connections() {
        return Integer.parseInt(byName.getOrDefault("connections", "1"));
    }

    Duration warmUp() {
        return millis("warm-up");
    }

    Duration measured() {
        return millis("measured");
    }

    Loop loop() {
        return new Loop(rate(), warmUp(), measured());
    }

    OpenLoop openLoop() {
        return new OpenLoop(rate(), warmUp(), measured());
    }

    private Duration millis(String name) {
        return Duration.ofMillis(Long.parseLong(byName.getOrDefault(name, "0")));
    }
}
