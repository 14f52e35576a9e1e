package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.store.SubmissionDocument;
import dev.sluice.test.LoggedLines;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class OutcomeLinesTest {

    private static final byte[] ERRORS = "{}".getBytes(StandardCharsets.UTF_8);

    @Test
    void tellEachOfAFewRefusals() {
        assertThat(told(Level.INFO, List.of(rejected(7, 1), rejected(7, 2), rejected(8, 3))))
                .containsExactly(
                        "Submission 512 of project 7 is rejected; request r",
                        "Submission 768 of project 7 is rejected; request r",
                        "Submission 1024 of project 8 is rejected; request r");
    }

    @Test
    void tellManyRefusalsOfAProjectTogether() {
        List<Decision> decisions = new ArrayList<>();
        for (int offset = 0; offset < 1000; offset++) {
            decisions.add(rejected(7, offset));
        }
        decisions.add(rejected(8, 1000));

        assertThat(told(Level.INFO, decisions))
                .hasSize(5)
                .contains(
                        "997 more submissions of project 7 are rejected",
                        "Submission 256256 of project 8 is rejected; request r");
    }

    @Test
    void tellEachAtDebug() {
        List<Decision> decisions = new ArrayList<>();
        for (int offset = 0; offset < 1000; offset++) {
            decisions.add(rejected(7, offset));
        }

        assertThat(told(Level.DEBUG, decisions)).hasSize(1000);
    }

    private static List<String> told(Level level, List<Decision> decisions) {
        try (LoggedLines lines = new LoggedLines(OutcomeLines.class.getName(), level)) {
            OutcomeLines.tell(decisions);
            return lines.all();
        }
    }

    private static Decision rejected(long project, long offset) {
        SubmissionDocument document = new SubmissionDocument(
                new SubmissionId(0, offset),
                OptionalLong.of(project),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
        ConsumerRecord<byte[], byte[]> source = new ConsumerRecord<>("submissions", 0, offset, null, null);
        SubmissionHeaders.withRequestId("r", source.headers());
        ReadRecord record = new ReadRecord(
                source, document, new Reading.Faulty(ERRORS), Chunk.Written.NOTHING, OptionalLong.empty(), null);
        return new Decision(record, OptionalLong.empty(), new Outcome.Rejected(ERRORS));
    }
}
