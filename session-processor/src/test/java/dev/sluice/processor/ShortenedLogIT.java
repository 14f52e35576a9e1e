package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.processor.audit.Audit;
import dev.sluice.processor.audit.AuditFailedException;
import dev.sluice.processor.audit.Flaw;
import dev.sluice.test.TestKafka;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** An audit while Kafka deletes records that it is about to read, as happens with a topic whose retention is limited. */
class ShortenedLogIT {

    private static final int ALL_THERE_IS = -1;

    private final ProcessorConfig config = FreshConfig.of(ShortenedLogIT.class, 1);

    @Test
    void anAuditSaysThatTheLogHasLostRecordsMeanwhile() {
        try (AuditedLog _ = new AuditedLog(config)) {
            Audit audit = new Audit(config.kafka(), config.topics(), config.store());

            assertThatThrownBy(() -> audit.run(1, (records, of) -> deleteRecordsBefore(ALL_THERE_IS)))
                    .isInstanceOf(AuditFailedException.class)
                    .hasMessage("the log has lost records while it was read: run the audit again");
        }
    }

    @Test
    void anAuditReportsDamagedDocumentsOfWhatTheLogHasLost() {
        try (AuditedLog log = new AuditedLog(config)) {
            damage(log, "submissions", log.session(), "analysis_type");
            deleteRecordsBefore(1);

            assertThat(log.processor().audit().first())
                    .extracting(Flaw::text)
                    .contains("submission " + log.session()
                            + " (partition 0, position 0) cannot be read: Document does not contain key analysis_type");

            damage(log, "keys", "2 key the-key", "digest");
            deleteRecordsBefore(5);

            assertThat(log.processor().audit().first())
                    .extracting(Flaw::text)
                    .anyMatch(text -> text.startsWith("key \"2 key the-key\": submission is "));

            deleteRecordsBefore(7);

            assertThat(log.processor().audit().first())
                    .extracting(Flaw::text)
                    .contains("key \"2 key the-key\": cannot be read");
        }
    }

    private static void damage(AuditedLog log, String collection, Object id, String lost) {
        log.processor()
                .collection(collection)
                .updateOne(new Document("_id", id), new Document("$unset", new Document(lost, 1)));
    }

    private void deleteRecordsBefore(long offset) {
        try {
            new TopicUnderTest(TestKafka.properties(), config.topics()).deleteRecordsBefore(0, offset);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
