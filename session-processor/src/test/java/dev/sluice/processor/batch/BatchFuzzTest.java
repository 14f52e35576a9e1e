package dev.sluice.processor.batch;

import dev.sluice.test.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchFuzzTest {

    private static final FuzzTarget SUBMISSIONS = new FuzzTarget(SubmissionFuzz.class);
    private static final FuzzTarget RECORDS = new FuzzTarget(RecordFuzz.class);

    static List<Path> submissions() throws IOException {
        return SUBMISSIONS.corpus();
    }

    static List<Path> records() throws IOException {
        return RECORDS.corpus();
    }

    @ParameterizedTest
    @MethodSource("submissions")
    void edgeAndProcessorAgreeOnTheSubmissionsThatAreKept(Path file) throws IOException {
        SubmissionFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
    }

    @ParameterizedTest
    @MethodSource("records")
    void readsTheRecordsThatAreKept(Path file) throws IOException {
        RecordFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
    }

    @Test
    @EnabledIfSystemProperty(named = FuzzTarget.SECONDS, matches = "[1-9]\\d*", disabledReason = "needs -Pfuzz")
    void edgeAndProcessorAgreeOnWhatAFuzzerFinds() throws IOException {
        SUBMISSIONS.fuzz();
    }

    @Test
    @EnabledIfSystemProperty(named = FuzzTarget.SECONDS, matches = "[1-9]\\d*", disabledReason = "needs -Pfuzz")
    void readsTheRecordsThatAFuzzerFinds() throws IOException {
        RECORDS.fuzz();
    }
}
