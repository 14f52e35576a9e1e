package dev.sluice.ingest.feed;

import dev.sluice.test.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FeedFuzzTest {

    @TestFactory
    Stream<DynamicTest> settlesEveryLineOfAFeed() throws IOException {
        return new FuzzTarget(FeedFuzz.class, FeedFuzz::fuzzerTestOneInput).tests();
    }
}
