package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoCollection;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.key.MongoKeys;
import dev.sluice.processor.key.ProjectKeys;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.store.AnotherRecordStoredException;
import dev.sluice.processor.store.MongoSubmissions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A processor was killed after it had claimed the key of a record, which the log then lost. */
class LostClaimIT {

    private static final String KEY = "key";
    private static final String BODY = "{\"analysis_ref\":\"lost\",\"analysis_type\":\"fortify\"}";
    private static final String OTHER_BODY = "{\"analysis_ref\":\"other\",\"analysis_type\":\"fortify\"}";
    private static final long LOST = 1;

    private final Batches batches = new Batches(LostClaimIT.class, 1, BreakerConfig.OFF);

    @BeforeEach
    void begin() {
        claim(LOST);
        assertThat(batches.progress().beginAt(0, 0, null)).isTrue();
    }

    @AfterEach
    void close() {
        batches.close();
    }

    @Test
    void makesNoRecordADuplicateOfTheOneThatGotItsPlace() {
        batches.process(List.of(record(0, OTHER_BODY, null), record(1, OTHER_BODY, null)));

        assertRefused(2, List.of(record(2, BODY, KEY)));
    }

    @Test
    void makesNoRecordADuplicateOfTheOneInTheSameBatchThatGotItsPlace() {
        assertRefused(
                2, List.of(record(0, OTHER_BODY, null), record(1, OTHER_BODY, "another key"), record(2, BODY, KEY)));
    }

    @Test
    void makesNoRecordADuplicateOfARejectedOneThatGotItsPlace() {
        batches.process(List.of(record(0, OTHER_BODY, null), record(1, "{}", KEY)));

        assertRefused(2, List.of(record(2, BODY, KEY)));
    }

    @Test
    void leavesTheKeyToTheNextIfADeadLetterGotItsPlace() {
        batches.process(List.of(record(0, OTHER_BODY, null), record(1, "no JSON", KEY)));

        batches.process(List.of(record(2, BODY, KEY)));

        assertTold("stored", "dead-lettered", "stored");
    }

    @Test
    void makesNoRecordADuplicateIfItsPlaceInTheSameBatchIsEmpty() {
        assertRefused(2, List.of(record(0, OTHER_BODY, null), record(2, BODY, KEY)));
    }

    @Test
    void makesNoRecordADuplicateOfOneThatIsYetToCome() {
        assertRefused(0, List.of(record(0, BODY, KEY)));
    }

    @Test
    void isNotTakenForThatOfARecordWithTheSameKeyAndAnotherBody() {
        assertRefused(1, List.of(record(0, OTHER_BODY, null), record(1, OTHER_BODY, KEY)));
    }

    @Test
    void isThatOfTheRecordIfTheLogStillHasIt() {
        batches.process(List.of(record(0, OTHER_BODY, null), record(1, BODY, KEY), record(2, BODY, KEY)));

        assertTold("stored", "stored", "duplicate");
    }

    @Test
    void leavesTheKeyToTheNextOnceTheLogGoesOnBehindItsPlace() {
        logBeginsAt(2);

        batches.process(List.of(record(2, OTHER_BODY, KEY), record(3, OTHER_BODY, KEY), record(4, BODY, KEY)));
        batches.process(List.of(record(5, OTHER_BODY, KEY)));

        assertTold("stored", "duplicate", "rejected", "duplicate");
        assertThat(sessions()).containsExactly(id(2));
    }

    @Test
    void leavesTheKeyToTheNextOfANewLog() {
        BatchProcessing anew = batches.processing(IdBase.ofFirstPosition(1 << 20));

        batches.process(anew, List.of(record(0, BODY, KEY)));

        assertTold("stored");
    }

    @Test
    void makesNoRecordADuplicateIfItsPlaceBehindProgressIsEmpty() {
        assertRefused(2, List.of(record(2, BODY, KEY)));
    }

    @Test
    void makesNoRecordADuplicateIfItsPlaceBehindWhatItHasJustProcessedIsEmpty() {
        batches.process(List.of(record(0, OTHER_BODY, null)));

        assertRefused(2, List.of(record(2, BODY, KEY)));
    }

    /** The store was put back while a processor went on, and does not have what it is about to get again. */
    @Test
    void keepsTheKeyIfTheStoreWasPutBackBehindItsSubmission() {
        batches.process(List.of(record(0, OTHER_BODY, null), record(1, BODY, KEY)));
        submissions().deleteMany(new Document());
        batches.generation()
                .collection(MongoProgress.COLLECTION, BsonDocument.class)
                .deleteMany(new Document());

        assertThatThrownBy(() -> batches.process(List.of(record(2, BODY, KEY)))).hasMessageContaining("has gone back");

        assertTold("stored", "stored", "duplicate");
    }

    @Test
    void leavesTheKeyToNobodyElseIfTheProcessorThatClaimedItStoresItsRecordJustBefore() {
        logBeginsAt(2);
        batches.store().disturb(0, before(() -> batches.process(batches.processing(), lost())));

        batches.process(List.of(record(2, BODY, KEY)));

        assertThat(sessions()).containsExactly(id(LOST));
    }

    /** The claim was read from a primary that took it, and no majority did. */
    @Test
    void isMadeAgainIfTheNextPrimaryLacksIt() {
        batches.store()
                .disturb(
                        0,
                        before(() -> batches.generation()
                                .collection(MongoKeys.COLLECTION, BsonDocument.class)
                                .deleteMany(new Document())));

        batches.process(List.of(record(0, OTHER_BODY, null), record(1, BODY, KEY)));
        batches.process(List.of(record(2, BODY, KEY)));

        assertTold("stored", "stored", "duplicate");
    }

    /** It was taken for dead, and the log lost the record that it still has. */
    @Test
    void isNotMadeOnAKeyThatAnotherProcessorClaimsJustBefore() {
        String free = "another key";
        batches.store().disturb(0, before(() -> {
            logBeginsAt(2);
            batches.process(batches.processing(), List.of(record(2, BODY, free)));
        }));

        batches.process(List.of(record(1, BODY, free)));

        assertTold("stored", "duplicate");
        assertThat(sessions()).containsExactly(id(2));
    }

    /** It was taken for dead, and the log lost the record that it still has. */
    @Test
    void letsTheProcessorThatClaimedItStoreNothingOnceTheKeyIsAnothers() {
        // The claim is confirmed first.
        batches.store().disturb(1, before(() -> {
            logBeginsAt(2);
            batches.process(batches.processing(), List.of(record(2, BODY, KEY)));
        }));

        assertThatThrownBy(() -> batches.process(lost())).isInstanceOf(AnotherRecordStoredException.class);
        assertTold("stored");
        assertThat(sessions()).containsExactly(id(2));
    }

    private void claim(long offset) {
        SubmissionDigest digest =
                SubmissionDigest.of(SubmissionHeaders.CREATE_SESSION, "", BODY.getBytes(StandardCharsets.UTF_8));
        new MongoKeys(batches.generation())
                .make(List.of(new Claim(ProjectKeys.ofClient(1, KEY), id(offset), digest)), Map.of());
    }

    private void logBeginsAt(long offset) {
        PartitionProgress progress =
                Objects.requireNonNull(batches.progress().read(Set.of(0)).get(0));
        assertThat(batches.progress().beginAt(0, offset, progress)).isTrue();
    }

    private void assertRefused(long offset, List<ConsumerRecord<byte[], byte[]>> records) {
        int before = batches.told().size();
        long next = batches.progress().next(0).orElseThrow();
        List<BsonDocument> stored = stored();

        assertThatThrownBy(() -> batches.process(records))
                .isInstanceOfSatisfying(
                        AnotherRecordStoredException.class,
                        refusal -> assertThat(refusal.id()).isEqualTo(new SubmissionId(0, offset)))
                .hasMessageContaining(Long.toString(id(LOST)));
        assertThat(batches.told()).hasSize(before);
        assertThat(batches.progress().next(0)).hasValue(next);
        assertThat(stored()).isEqualTo(stored);
    }

    private void assertTold(String... states) {
        assertThat(batches.told())
                .extracting(outcome -> outcome.outcome().state())
                .containsExactly(states);
    }

    private List<BsonDocument> stored() {
        return submissions().find().into(new ArrayList<>());
    }

    private List<Long> sessions() {
        return submissions()
                .find(new Document("kind", "session"))
                .map(session -> session.getInt64("_id").getValue())
                .into(new ArrayList<>());
    }

    private MongoCollection<BsonDocument> submissions() {
        return batches.generation().collection(MongoSubmissions.COLLECTION, BsonDocument.class);
    }

    private List<ConsumerRecord<byte[], byte[]>> lost() {
        return List.of(record(LOST, BODY, KEY));
    }

    private ConsumerRecord<byte[], byte[]> record(long offset, String body, @Nullable String key) {
        return batches.record(0, offset, body, SubmissionHeaders.ofSession("e", "test", Batches.USER, key, null));
    }

    private static long id(long offset) {
        return new SubmissionId(0, offset).value();
    }

    private static DisturbedStore.Disturbance before(Runnable action) {
        return new DisturbedStore.Disturbance() {
            @Override
            public int before(int models) {
                action.run();
                return models;
            }

            @Override
            public void after() {}
        };
    }
}
