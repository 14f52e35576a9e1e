package dev.sluice.http.server;

import dev.sluice.test.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RequestFuzzTest {

    @TestFactory
    Stream<DynamicTest> readsOrRefusesChunks() throws IOException {
        return new FuzzTarget(ChunksFuzz.class, ChunksFuzz::fuzzerTestOneInput).tests();
    }

    @TestFactory
    Stream<DynamicTest> readsOrRefusesAHead() throws IOException {
        return new FuzzTarget(HeadFuzz.class, HeadFuzz::fuzzerTestOneInput).tests();
    }
}
