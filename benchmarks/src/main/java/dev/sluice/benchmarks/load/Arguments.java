package dev.sluice.benchmarks.load;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The arguments of a load generator, as {@code name=value}. */
record Arguments(Map<String, String> byName) {

    static Arguments of(String[] arguments) {
        return new Arguments(Stream.of(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    /** The value of an argument; empty if it was not given. */
    String text(String name) {
        return byName.getOrDefault(name, "");
    }

    double rate() {
        return Double.parseDouble(byName.getOrDefault("rate", "0"));
    }

    /** The project of all sessions; 0 for the workload's own projects. */
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
