package dev.sluice.benchmarks.result;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Describes the machine that the figures come from, without which they mean nothing. */
public final class Surroundings {

    private Surroundings() {}

    /** Returns the machine, operating system, Java version and initial load of the machine, by name. */
    public static Map<String, String> record() {
        Map<String, String> record = new LinkedHashMap<>();
        record.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        record.put("processor", valueIn("/proc/cpuinfo", "model name"));
        record.put("memory", valueIn("/proc/meminfo", "MemTotal"));
        record.put("memory free", valueIn("/proc/meminfo", "MemAvailable"));
        record.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        record.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        record.put(
                "load before",
                Double.toString(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        return record;
    }

    private static String valueIn(String file, String name) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException _) {
            // Not on Linux.
            return "unknown";
        }
    }
}
