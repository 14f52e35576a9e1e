package dev.sluice.test.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text of {@code src/main} of all modules except those that test or measure. */
final class ShippedSources {

    private static final Path ROOT = Path.of("..");
    private static final Set<String> NOT_SHIPPED = Set.of("test-support", "end-to-end", "benchmarks");

    private ShippedSources() {}

    /** Everything that the pattern's first group matches. */
    static Set<String> find(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : files()) {
            pattern.matcher(Files.readString(file)).results().forEach(result -> found.add(result.group(1)));
        }
        return found;
    }

    private static List<Path> files() throws IOException {
        Set<Path> files = new TreeSet<>();
        for (Path module : modules()) {
            try (Stream<Path> all = Files.walk(module.resolve("src/main"))) {
                files.addAll(all.filter(file -> file.toString().matches(".*\\.(java|xml|properties)"))
                        .toList());
            }
        }
        return List.copyOf(files);
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/main")))
                    .filter(folder -> !NOT_SHIPPED.contains(folder.getFileName().toString()))
                    .toList();
        }
    }
}
