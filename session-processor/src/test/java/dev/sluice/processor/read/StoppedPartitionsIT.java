package dev.sluice.processor.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mongodb.MongoCommandException;
import dev.sluice.contract.id.IdBase;
import dev.sluice.http.audit.AuditTrail;
import dev.sluice.processor.FakeRequest;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.MongoErrors;
import dev.sluice.test.fault.ProxiedStore;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StoppedPartitionsIT {

    @Test
    void haveALineInTheAuditTrailForEachThatWasResumedThoughTheStoreThenFails() {
        try (ProxiedStore store = ProxiedStore.of(StoppedPartitionsIT.class)) {
            MongoHalts halts = new MongoHalts(store.proxied(), IdBase.NONE);
            store.direct().getCollection(MongoHalts.COLLECTION).insertMany(List.of(halt(0), halt(1)));
            store.hooks().at(2, "delete", Moment.BEFORE, MongoErrors::outOfDiskSpace);

            List<String> trail = trailOf(() -> assertThatThrownBy(() ->
                            new StoppedPartitions(halts).resume(new FakeRequest(0, 0, "/api/v2/processing/resume/")))
                    .isInstanceOf(MongoCommandException.class));

            assertThat(halts.all())
                    .singleElement()
                    .satisfies(left -> assertThat(left.partition()).isOne());
            assertThat(trail)
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("resume of partition 0 at offset 5 by user 1 "));
        }
    }

    private static Document halt(int partition) {
        return new Document("_id", partition)
                .append("position", 5L)
                .append("reason", "5 bad records in a row")
                .append("since", Instant.EPOCH);
    }

    private static List<String> trailOf(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(AuditTrail.LOG_NAME);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(before);
        }
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
