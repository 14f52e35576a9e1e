package dev.sluice.http.server;

import dev.sluice.test.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestFuzzTest {

    private static final FuzzTarget CHUNKS = new FuzzTarget(ChunksFuzz.class);
    private static final FuzzTarget HEADS = new FuzzTarget(HeadFuzz.class);

    static List<Path> chunks() throws IOException {
        return CHUNKS.corpus();
    }

    static List<Path> heads() throws IOException {
        return HEADS.corpus();
    }

    @ParameterizedTest
    @MethodSource("chunks")
    void readsOrRefusesTheChunksThatAreKept(Path file) throws IOException {
        ChunksFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void readsOrRefusesTheHeadsThatAreKept(Path file) throws IOException {
        HeadFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
    }

    @Test
    @EnabledIfSystemProperty(named = FuzzTarget.SECONDS, matches = "[1-9]\\d*", disabledReason = "needs -Pfuzz")
    void readsOrRefusesTheChunksThatAFuzzerFinds() throws IOException {
        CHUNKS.fuzz();
    }

    @Test
    @EnabledIfSystemProperty(named = FuzzTarget.SECONDS, matches = "[1-9]\\d*", disabledReason = "needs -Pfuzz")
    void readsOrRefusesTheHeadsThatAFuzzerFinds() throws IOException {
        HEADS.fuzz();
    }
}
