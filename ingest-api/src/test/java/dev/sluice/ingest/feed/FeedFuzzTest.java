package dev.sluice.ingest.feed;

import dev.sluice.test.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeedFuzzTest {

    private static final FuzzTarget FEEDS = new FuzzTarget(FeedFuzz.class);

    static List<Path> feeds() throws IOException {
        return FEEDS.corpus();
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void settlesEveryLineOfTheFeedsThatAreKept(Path file) throws IOException {
        FeedFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
    }

    @Test
    @EnabledIfSystemProperty(named = FuzzTarget.SECONDS, matches = "[1-9]\\d*", disabledReason = "needs -Pfuzz")
    void settlesEveryLineOfTheFeedsThatAFuzzerFinds() throws IOException {
        FEEDS.fuzz();
    }
}
