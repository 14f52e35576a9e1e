package dev.sluice.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test named in {@code docs/guarantees.md} exists. */
class GuaranteesIT {

    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("sluice.root")));
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:IT|Test))\\.(\\w+)`");

    @Test
    void namesTestsThatExist() throws IOException {
        Map<String, String> sources = testSources();
        List<MatchResult> named = TEST.matcher(Files.readString(ROOT.resolve("docs/guarantees.md")))
                .results()
                .toList();

        assertThat(named)
                .hasSizeGreaterThan(20)
                .allSatisfy(test -> assertThat(sources.getOrDefault(test.group(1) + ".java", ""))
                        .as(test.group())
                        .contains("void " + test.group(2) + "("));
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .forEach(file -> sources.put(file.getFileName().toString(), text(file)));
                }
            }
        }
        return sources;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
