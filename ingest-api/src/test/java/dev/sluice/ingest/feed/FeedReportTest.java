package dev.sluice.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.SubmissionId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FeedReportTest {

    // What the objects take apart from the errors' bytes.
    private static final int BAD_LINE = 48;
    private static final int RANGE = 40;
    private static final long RECKONED_WITH = 512 * 1024;

    /** Matters because many feeds are taken at a time. */
    @Test
    void holdsAndTellsErrorsWithinABoundAndCountsTheRest() {
        FeedReport report = new FeedReport(1, true);
        byte[] large = ("\"" + "x".repeat(4_000) + "\"").getBytes(UTF_8);
        for (int line = 1; line <= 1_000; line++) {
            report.rejected(line, line % 2 == 0 ? large : "{}".getBytes(UTF_8));
        }

        byte[] summary = report.summary(new FeedEnd.Complete());

        JsonNode told = JsonMapper.shared().readTree(summary);
        assertThat(summary).hasSizeBetween(FeedReport.MOST_ERROR_BYTES / 2, FeedReport.MOST_ERROR_BYTES * 2);
        assertThat(told.get("errors"))
                .last()
                .extracting(last -> last.get("line").asInt())
                .isEqualTo(told.get("errors").size());
        assertThat(told.get("errors").size() + told.get("more_errors").asInt()).isEqualTo(1_000);
    }

    @Test
    void namesNoIdOfAnotherSubmissionBetweenItsOwn() {
        FeedReport report = new FeedReport(1, true);
        List<SubmissionId> ids = List.of(new SubmissionId(1, 4), new SubmissionId(1, 5), new SubmissionId(1, 7));
        for (int line = 1; line <= ids.size(); line++) {
            report.accepted(line, Optional.of(ids.get(line - 1)));
        }

        JsonNode told = JsonMapper.shared().readTree(report.summary(new FeedEnd.Complete()));

        assertThat(told.get("id_ranges"))
                .extracting(range -> range.get("count").asInt())
                .containsExactly(2, 1);
    }

    /**
     * The answer is made from the errors and ids kept, and then sent as a copy, when those are no longer kept. What is copied as it grows is not
     * counted: nothing waits meanwhile, so no more grow at a time than there are processors. IngestMemoryTest reckons with it.
     */
    @Test
    void holdsNoMoreMemoryThanIsReckonedWith() {
        int most = 1_000;
        FeedReport report = new FeedReport(1, true);
        byte[] errors = "x".repeat(FeedReport.MOST_ERROR_BYTES / most).getBytes(UTF_8);
        for (int line = 1; line <= 2 * most; line += 2) {
            report.accepted(FeedOptions.MAX_LINE, Optional.of(new SubmissionId(line % 200, (1L << 45) - 1)));
            report.rejected(FeedOptions.MAX_LINE, errors);
        }

        int answer = report.summary(new FeedEnd.Complete()).length;

        int kept = FeedReport.MOST_ERROR_BYTES + most * (BAD_LINE + RANGE);
        assertThat(Math.max(kept, answer) + (long) answer).isLessThan(RECKONED_WITH);
    }
}
