package dev.sluice.processor.batch;

import dev.sluice.test.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BatchFuzzTest {

    @TestFactory
    Stream<DynamicTest> edgeAndProcessorAgreeOnASubmission() throws IOException {
        return new FuzzTarget(SubmissionFuzz.class, SubmissionFuzz::fuzzerTestOneInput).tests();
    }

    @TestFactory
    Stream<DynamicTest> readsARecord() throws IOException {
        return new FuzzTarget(RecordFuzz.class, RecordFuzz::fuzzerTestOneInput).tests();
    }
}
