package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.store.SubmissionDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutcomeLinesTest {

    private static final byte[] ERRORS = "{}".getBytes(StandardCharsets.UTF_8);

    private final Logger logger = (Logger) LoggerFactory.getLogger(OutcomeLines.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void tellEachOfAFewRefusals() {
        OutcomeLines.tell(List.of(rejected(7, 1), rejected(7, 2), rejected(8, 3)));

        assertThat(told())
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

        OutcomeLines.tell(decisions);

        assertThat(told())
                .hasSize(5)
                .contains(
                        "997 more submissions of project 7 are rejected",
                        "Submission 256256 of project 8 is rejected; request r");
    }

    @Test
    void tellEachAtDebug() {
        logger.setLevel(Level.DEBUG);
        List<Decision> decisions = new ArrayList<>();
        for (int offset = 0; offset < 1000; offset++) {
            decisions.add(rejected(7, offset));
        }

        OutcomeLines.tell(decisions);

        assertThat(told()).hasSize(1000);
    }

    private List<String> told() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
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
