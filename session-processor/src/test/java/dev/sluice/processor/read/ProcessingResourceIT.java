package dev.sluice.processor.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.mongodb.MongoException;
import dev.sluice.contract.id.IdBase;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.processor.FakeRequest;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.MongoErrors;
import dev.sluice.test.fault.ProxiedStore;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class ProcessingResourceIT {

    @Test
    void haveALineInTheAuditTrailForEachThatWasResumedThoughTheStoreThenFails() {
        try (ProxiedStore store = ProxiedStore.of(ProcessingResourceIT.class)) {
            store.direct().getCollection(MongoHalts.COLLECTION).insertMany(List.of(halt(0), halt(1)));
            store.hooks().at(2, "delete", Moment.BEFORE, MongoErrors::outOfDiskSpace);

            List<String> trail = trailOfFailing(store);

            assertThat(store.direct().getCollection(MongoHalts.COLLECTION).find())
                    .containsExactly(halt(1));
            assertThat(trail)
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("resume of partition 0 at offset 5 by user 1 ")
                                    .contains(": goes on, "),
                            line -> assertThat(line)
                                    .startsWith("resume of partition 1 at offset 5 by user 1 ")
                                    .contains(": unknown, "));
        }
    }

    @Test
    void haveALineInTheAuditTrailForOneThatWasResumedWithoutConfirmation() {
        try (ProxiedStore store = ProxiedStore.of(ProcessingResourceIT.class)) {
            store.direct().getCollection(MongoHalts.COLLECTION).insertOne(halt(0));
            store.hooks().at(1, "delete", Moment.ANSWERED, MongoErrors::notReplicatedInTime);

            List<String> trail = trailOfFailing(store);

            assertThat(store.direct().getCollection(MongoHalts.COLLECTION).find())
                    .isEmpty();
            assertThat(trail)
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("resume of partition 0 at offset 5 by user 1 ")
                            .contains(": unknown, "));
        }
    }

    private static List<String> trailOfFailing(ProxiedStore store) {
        ProcessingResource stopped =
                new ProcessingResource(new MongoHalts(store.proxied(), IdBase.NONE), new MongoFaults(store.proxied()));
        try (LoggedLines trail = new LoggedLines(AuditTrail.LOG_NAME, Level.INFO)) {
            assertThatThrownBy(() -> stopped.resume(new FakeRequest(0, 0, "/api/v2/processing/resume/")))
                    .isInstanceOf(MongoException.class);
            return trail.all();
        }
    }

    private static Document halt(int partition) {
        return new Document("_id", partition)
                .append("position", 5L)
                .append("reason", "5 bad records in a row")
                .append("since", Date.from(Instant.EPOCH));
    }
}
