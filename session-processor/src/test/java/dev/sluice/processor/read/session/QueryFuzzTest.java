package dev.sluice.processor.read.session;

import dev.sluice.test.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryFuzzTest {

    private static final FuzzTarget QUERIES = new FuzzTarget(QueryFuzz.class);

    static List<Path> queries() throws IOException {
        return QUERIES.corpus();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void readsOrRefusesTheQueriesThatAreKept(Path file) throws IOException {
        QueryFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
    }

    @Test
    @EnabledIfSystemProperty(named = FuzzTarget.SECONDS, matches = "[1-9]\\d*", disabledReason = "needs -Pfuzz")
    void readsOrRefusesTheQueriesThatAFuzzerFinds() throws IOException {
        QUERIES.fuzz();
    }
}
