package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.processor.audit.Audit;
import dev.sluice.processor.audit.AuditFailedException;
import dev.sluice.test.TestKafka;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
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
        TopicPartition partition = new TopicPartition(config.topics().submissions(), 0);
        try (Admin admin = Admin.create(TestKafka.properties())) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(ALL_THERE_IS)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
