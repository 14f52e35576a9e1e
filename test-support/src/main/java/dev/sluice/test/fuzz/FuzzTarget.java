package dev.sluice.test.fuzz;

import dev.sluice.test.process.ChildJvm;
import dev.sluice.test.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A class with a method {@code public static void fuzzerTestOneInput(byte[])} that throws if a property does not hold
 * for the input. Its saved inputs are in {@code src/test/resources/fuzz} of its module, in a folder named after the
 * class.
 *
 * @param oneInput that method
 */
public record FuzzTarget(Class<?> target, Consumer<byte[]> oneInput) {

    /** The system property with the number of seconds to fuzz each target, set by {@code -Pfuzz}. */
    private static final String SECONDS = "sluice.fuzz.seconds";

    private static final Path FOUND = Path.of("target", "fuzz").toAbsolutePath();
    private static final int LONGEST = 4096;
    private static final Duration TO_START_AND_END = Duration.ofMinutes(3);

    /**
     * A test of each saved input, and if {@link #SECONDS} is set, one that searches for new ones with Jazzer for so long; the findings are in
     * {@code target/fuzz}.
     */
    public Stream<DynamicTest> tests() throws IOException {
        try (Stream<Path> files = Files.list(kept())) {
            List<DynamicTest> tests = new ArrayList<>();
            files.sorted()
                    .forEach(file -> tests.add(DynamicTest.dynamicTest(
                            file.getFileName().toString(), () -> oneInput.accept(Files.readAllBytes(file)))));
            int seconds = Integer.getInteger(SECONDS, 0);
            if (seconds > 0) {
                tests.add(DynamicTest.dynamicTest("what a fuzzer finds", () -> fuzz(seconds)));
            }
            return tests.stream();
        }
    }

    private void fuzz(int seconds) throws IOException {
        Path interesting = Files.createDirectories(FOUND.resolve(target.getSimpleName()));
        try (ChildJvm jazzer = ChildJvm.start(launch(seconds, interesting))) {
            int exit = jazzer.awaitExit(Duration.ofSeconds(seconds).plus(TO_START_AND_END));
            if (exit != 0) {
                throw new AssertionError("the fuzzer found something: exit " + exit + "\n" + jazzer.lastLines());
            }
        }
    }

    private Launch launch(int seconds, Path interesting) {
        return Launch.of("fuzz-" + target.getSimpleName(), "com.code_intelligence.jazzer.Jazzer")
                .withJvmOptions(List.of("-Xmx1g", "-XX:TieredStopAtLevel=4", "-XX:+EnableDynamicAgentLoading"))
                .withArguments(List.of(
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=dev.sluice.**:tools.jackson.core.**",
                        "--reproducer_path=" + FOUND,
                        interesting.toString(),
                        kept().toString(),
                        "-artifact_prefix=" + FOUND + "/",
                        "-max_len=" + LONGEST,
                        // The first input loads and instruments all classes.
                        "-timeout=120",
                        "-max_total_time=" + seconds));
    }

    private Path kept() {
        return Path.of("src", "test", "resources", "fuzz", target.getSimpleName())
                .toAbsolutePath();
    }
}
