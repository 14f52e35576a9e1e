package dev.sluice.processor.read.session;

import dev.sluice.test.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class QueryFuzzTest {

    @TestFactory
    Stream<DynamicTest> readsOrRefusesAQuery() throws IOException {
        return new FuzzTarget(QueryFuzz.class, QueryFuzz::fuzzerTestOneInput).tests();
    }
}
