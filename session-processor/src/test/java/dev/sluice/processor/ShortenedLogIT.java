package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.processor.audit.Audit;
import dev.sluice.processor.audit.AuditFailedException;
import dev.sluice.test.TestKafka;
import org.junit.jupiter.api.Test;

/** An audit while Kafka deletes records that it is about to read, as happens with a topic whose retention is limited. */
class ShortenedLogIT {

    private static final int ALL_THERE_IS = -1;

    private final ProcessorConfig config = FreshConfig.of(ShortenedLogIT.class, 1);

    @Test
    void anAuditSaysThatTheLogHasLostRecordsMeanwhile() {
        try (AuditedLog _ = new AuditedLog(config)) {
            Audit audit = new Audit(config.kafka(), config.topics(), config.store());

            assertThatThrownBy(() -> audit.run(1, (records, of) -> deleteRecords()))
                    .isInstanceOf(AuditFailedException.class)
                    .hasMessage("the log has lost records while it was read: run the audit again");
        }
    }

    private void deleteRecords() {
        try {
            new TopicUnderTest(TestKafka.properties(), config.topics()).deleteRecordsBefore(0, ALL_THERE_IS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
