package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.processor.audit.Audit;
import dev.sluice.processor.audit.AuditFailedException;
import dev.sluice.processor.fault.MongoFaults;
import java.util.Date;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDateTime;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

/** A record is set aside while an audit runs that has read before which records are. */
class AuditedSetAsideIT {

    private final ProcessorConfig config = FreshConfig.of(AuditedSetAsideIT.class, 1);

    @Test
    void isNoDifferenceButAReasonToRunTheAuditAgain() {
        try (AuditedLog log = new AuditedLog(config)) {
            Audit audit = new Audit(config.kafka(), config.topics(), config.store());
            AtomicBoolean isDone = new AtomicBoolean();

            assertThatThrownBy(() -> audit.run(1, (records, of) -> {
                        if (isDone.compareAndSet(false, true)) {
                            setAside(log);
                        }
                    }))
                    .isInstanceOf(AuditFailedException.class)
                    .hasMessage("a record was set aside meanwhile: run the audit again");
            assertThat(log.processor().audit().first()).isEmpty();
        }
    }

    private static void setAside(AuditedLog log) {
        BsonDateTime now = new BsonDateTime(new Date().getTime());
        log.processor()
                .collection(MongoFaults.COLLECTION)
                .insertOne(new BsonDocument("_id", new BsonInt64(log.inFlight()))
                        .append("since", now)
                        .append("reason", new BsonString("ticket 7"))
                        .append("by", new BsonInt64(1))
                        .append("decided", now));
        log.processor().start();
        log.processor().awaitProgress(log.inFlight());
        log.processor().stop();
    }
}
