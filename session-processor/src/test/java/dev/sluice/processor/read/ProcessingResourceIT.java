package dev.sluice.processor.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.processor.FakeRequest;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.MongoErrors;
import dev.sluice.test.fault.ProxiedStore;
import dev.sluice.test.fault.Then;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

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

    @Test
    void listsNoStopOfAFormerLog() {
        try (ProxiedStore store = ProxiedStore.of(ProcessingResourceIT.class)) {
            store.direct()
                    .getCollection(MongoHalts.COLLECTION)
                    .insertMany(List.of(halt(0), halt(1).append("position", 6L)));

            Answer answer = resource(store.direct(), IdBase.ofFirstPosition(6))
                    .get(new FakeRequest(0, 0, "/api/v2/processing/"));

            assertThat(JsonMapper.shared().readTree(answer.body()).path("stopped"))
                    .extracting(halt -> halt.path("partition").intValue())
                    .containsExactly(1);
        }
    }

    @Test
    void leavesAPartitionStoppedThatHasStoppedAgainMeanwhile() {
        try (ProxiedStore store = ProxiedStore.of(ProcessingResourceIT.class)) {
            MongoCollection<Document> halts = store.direct().getCollection(MongoHalts.COLLECTION);
            halts.insertOne(halt(0));
            store.hooks().at(1, "delete", Moment.BEFORE, _ -> {
                halts.updateOne(new Document("_id", 0), new Document("$inc", new Document("position", 1L)));
                return Then.PASS;
            });

            Answer answer =
                    resource(store.proxied(), IdBase.NONE).resume(new FakeRequest(0, 0, "/api/v2/processing/resume/"));

            assertThat(JsonMapper.shared().readTree(answer.body()).path("resumed"))
                    .isEmpty();
            assertThat(halts.countDocuments()).isOne();
        }
    }

    @Test
    void listsOnlyRecordsThatCanKeepTheirPartitionsWaiting() {
        IdBase ids = IdBase.ofFirstPosition(1);
        try (ProxiedStore store = ProxiedStore.of(ProcessingResourceIT.class)) {
            MongoDatabase database = store.direct();
            MongoFaults faults = new MongoFaults(database);
            SubmissionId ofFormerLog = new SubmissionId(0, 0);
            SubmissionId waiting = new SubmissionId(1, 300);
            SubmissionId stored = new SubmissionId(2, 300);
            SubmissionId first = new SubmissionId(3, 1);
            Stream.of(ofFormerLog, waiting, stored, first).forEach(id -> faults.note(id, "Fault", Instant.EPOCH));
            // As many as are listed at most, all of them passed, before the one that waits.
            database.getCollection(MongoFaults.COLLECTION)
                    .insertMany(IntStream.range(300 - SubmissionId.MAX_PARTITIONS, 300)
                            .mapToObj(position -> new SubmissionId(1, position))
                            .map(id -> new Document("_id", id.value()).append("since", Date.from(Instant.EPOCH)))
                            .toList());
            new MongoProgress(Generation.first(database)).beginAt(1, 300, null);
            database.getCollection(MongoSubmissions.COLLECTION).insertOne(new Document("_id", stored.value()));

            Answer answer = resource(database, ids).get(new FakeRequest(0, 0, "/api/v2/processing/"));

            assertThat(JsonMapper.shared().readTree(answer.body()).path("unprocessable"))
                    .extracting(fault -> fault.path("id").longValue())
                    .containsExactly(first.value(), waiting.value());
        }
    }

    private static List<String> trailOfFailing(ProxiedStore store) {
        ProcessingResource stopped = resource(store.proxied(), IdBase.NONE);
        try (LoggedLines trail = new LoggedLines(AuditTrail.LOG_NAME, Level.INFO)) {
            assertThatThrownBy(() -> stopped.resume(new FakeRequest(0, 0, "/api/v2/processing/resume/")))
                    .isInstanceOf(MongoException.class);
            return trail.all();
        }
    }

    private static ProcessingResource resource(MongoDatabase database, IdBase ids) {
        return new ProcessingResource(
                new MongoHalts(database, ids),
                new MongoFaults(database),
                new WaitingRecords(() -> Generation.first(database), ids));
    }

    private static Document halt(int partition) {
        return new Document("_id", partition)
                .append("position", 5L)
                .append("reason", "5 bad records in a row")
                .append("since", Date.from(Instant.EPOCH));
    }
}
