package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A large submission is read in two steps, of which only the second holds all of it, within the memory of reads. */
class LargeReadsIT {

    private static final long PROJECT = 5;
    private static final int BYTES = 100_000;

    private final ProcessorUnderTest processor = new ProcessorUnderTest(FreshConfig.of(LargeReadsIT.class, 1));

    @AfterEach
    void stop() {
        processor.close();
    }

    @Test
    void giveTheSameAnswersAsSmallOnes() {
        processor.startAndAwaitReady();
        String extra = "{\"a\":\"" + "a".repeat(BYTES) + "\"}";
        long large = processor.submit(
                PROJECT,
                "{\"analysis_ref\":\"large\",\"analysis_type\":\"fortify\",\"extra\":" + extra
                        + ",\"notes\":[{\"task\":\"5-T6\",\"behaviour\":\"combine\",\"confidence\":\"low\",\"findings\":[],"
                        + "\"status\":\"pass\"}]}");
        String path = "/api/v2/projects/" + PROJECT;

        assertThat(processor
                        .readJson(path + "/analysis-sessions/" + large + "/")
                        .get("extra"))
                .hasToString(extra);
        assertThat(processor
                        .readJson(path + "/submissions/" + large + "/")
                        .get("state")
                        .stringValue())
                .isEqualTo("stored");
        assertThat(processor
                        .readJson(path + "/tasks/T6/analysis-notes/" + ((large << 14) + 1) + "/")
                        .get("analysis_session")
                        .longValue())
                .isEqualTo(large);
        assertThat(processor.read(path + "1/analysis-sessions/" + large + "/").status())
                .isEqualTo(404);
    }
}
