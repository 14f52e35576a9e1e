package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.progress.PartitionProgress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partition may stop and resume while another thread processes a batch of its records. */
class StoppedBatchIT {

    private static final int BAD = 5;
    // More than one chunk.
    private static final int RECORDS = 1500;

    private final Batches batches = new Batches(StoppedBatchIT.class, 1, new BreakerConfig(BAD, 0, 0));

    @BeforeEach
    void look() {
        batches.breaker().refresh(Set.of(0));
    }

    @AfterEach
    void close() {
        batches.close();
    }

    @Test
    void takesNothingBehindWhatItLeftOutThoughThePartitionGoesOnMeanwhile() {
        batches.whenStored(() -> {
            batches.halts().all().forEach(batches.halts()::remove);
            look();
        });

        Map<Integer, Long> leftOut = batches.process(records(0, RECORDS));

        assertThat(batches.breaker().stopsAt(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(leftOut).containsExactly(Map.entry(0, (long) BAD));
        assertThat(batches.told()).hasSize(BAD);
        assertThat(batches.progress().next(Set.of(0))).containsExactly(Map.entry(0, (long) BAD));
    }

    @Test
    void remembersTheLeaderOfTheLastRecordThatItDidNotLeaveOut() {
        batches.process(records(0, RECORDS));

        assertThat(batches.progress().read(Set.of(0)).get(0))
                .isNotNull()
                .satisfies(progress -> assertThat(progress.next()).isEqualTo(BAD))
                .satisfies(progress -> assertThat(progress.leaderEpoch()).hasValue(BAD - 1));
    }

    @Test
    void isSaidToKeepOnlyWhatIsBehindTheStopInItsPartition() {
        batches.process(records(0, RECORDS));

        assertThat(batches.halts().before(new SubmissionId(0, BAD))).isPresent();
        assertThat(batches.halts().before(new SubmissionId(0, BAD - 1))).isEmpty();
        assertThat(batches.halts().before(new SubmissionId(1, BAD))).isEmpty();
    }

    @Test
    void doesNotUndoThatSomebodyResumesAPartitionWhoseRecordsAreProcessedAgain() {
        batches.process(records(0, RECORDS));
        batches.halts().all().forEach(batches.halts()::remove);

        batches.process(records(0, BAD));

        assertThat(batches.halts().all()).isEmpty();
    }

    @Test
    void isNotToldOfOnceThePartitionIsAnothers() {
        batches.process(records(0, BAD));
        assertThat(batches.breaker().halts()).hasSize(1);

        batches.breaker().forget(Set.of(0));

        assertThat(batches.breaker().halts()).isEmpty();
    }

    /** As while the store refuses writes. */
    @Test
    void countsABadRecordOnceHoweverOftenItIsProcessed() {
        for (int i = 0; i < BAD; i++) {
            batches.process(records(0, BAD - 1));
        }

        assertThat(batches.breaker().stopsAt(0)).isEqualTo(Long.MAX_VALUE);
        batches.process(records(0, BAD));
        assertThat(batches.breaker().stopsAt(0)).isEqualTo(BAD);
    }

    @Test
    void putsAStopOnRecordWithTheNextAttemptIfItCouldNotAtOnce() {
        MongoCollection<Document> halts = batches.generation().database().getCollection(MongoHalts.COLLECTION);
        halts.insertOne(
                new Document("_id", 99).append("position", -1L).append("reason", BAD + " bad records in a row"));
        halts.createIndex(
                Indexes.ascending("reason"), new IndexOptions().unique(true).name("refusal"));
        assertThatThrownBy(() -> batches.process(records(0, RECORDS))).hasMessageContaining("duplicate");
        halts.dropIndex("refusal");
        halts.deleteMany(new Document());
        look();

        Map<Integer, Long> leftOut = batches.process(records(0, RECORDS));

        assertThat(leftOut).containsExactly(Map.entry(0, (long) BAD));
        assertThat(batches.halts().all())
                .singleElement()
                .satisfies(halt -> assertThat(halt.offset()).isEqualTo(BAD));
    }

    @Test
    void refusesAStoreThatWasPutBackSinceItWasLookedUpWhereToGoOn() {
        batches.process(records(BAD, 10));
        BatchProcessing idle = batches.processing();
        assertThat(idle.progress(batches.generation()).goOn(List.of(0)).get(0))
                .extracting(PartitionProgress::next)
                .isEqualTo(10L);
        for (String collection : List.of("submissions", "progress")) {
            batches.generation().database().getCollection(collection).deleteMany(new Document());
        }
        batches.process(batches.processing(), records(BAD, 7));

        // The second could be a later part of a turn, during which another processor went on to 10.
        for (long from : new long[] {10, 8}) {
            assertThatThrownBy(() -> batches.process(idle, records(from, from + 1)))
                    .hasMessageContaining("has gone back from 10 to 7");
        }
    }

    /** Bad records followed by good ones. */
    private List<ConsumerRecord<byte[], byte[]>> records(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> batches.record(
                        0,
                        offset,
                        offset < BAD ? "{}" : "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}",
                        SubmissionHeaders.ofSession("e", "test", Batches.USER, null, null)))
                .toList();
    }
}
