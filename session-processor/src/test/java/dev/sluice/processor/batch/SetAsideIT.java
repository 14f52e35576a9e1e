package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.key.MongoKeys;
import dev.sluice.processor.key.ProjectKeys;
import dev.sluice.processor.store.ContendedDocumentsException;
import dev.sluice.processor.store.MongoSubmissions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A processor has failed on a record, with or without somebody setting it aside. */
class SetAsideIT {

    private static final String KEY = "key";
    private static final String BODY = "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}";
    private static final SubmissionId RECORD = new SubmissionId(0, 0);

    private final Batches batches = new Batches(SetAsideIT.class, 1, BreakerConfig.OFF);

    @BeforeEach
    void fail() {
        batches.faults().note(RECORD, "Fault", Instant.EPOCH);
        batches.faults().refresh();
    }

    @AfterEach
    void close() {
        batches.close();
    }

    @Test
    void cannotBeDoneWithARecordThatIsAboutToBeStored() {
        batches.process(List.of(record(0)));

        assertTold("stored");
        assertThat(isSetAside()).isFalse();
    }

    @Test
    void keepsARecordFromBeingStoredThoughTheProcessorDoesNotKnowOfItYet() {
        assertThat(isSetAside()).isTrue();

        assertThatThrownBy(() -> batches.process(List.of(record(0))))
                .isInstanceOf(ContendedDocumentsException.class)
                .hasMessageContaining("was set aside");
        assertThat(batches.progress().next(0)).isEmpty();
        assertThat(batches.generation()
                        .collection(MongoSubmissions.COLLECTION, BsonDocument.class)
                        .countDocuments())
                .isZero();
        assertTold();

        batches.faults().refresh();
        batches.process(List.of(record(0)));
        assertTold("dead-lettered");
    }

    @Test
    void leavesTheKeyThatARecordHasClaimedToTheNext() {
        claim();
        assertThat(isSetAside()).isTrue();
        batches.faults().refresh();

        batches.process(List.of(record(0)));
        batches.process(List.of(record(1), record(2)));

        assertTold("dead-lettered", "stored", "duplicate");
    }

    @Test
    void leavesTheKeyToTheNextAlsoIfOnlyTheDeadLetterIsLeftOfTheDecision() {
        claim();
        assertThat(isSetAside()).isTrue();
        batches.faults().refresh();
        batches.process(List.of(record(0)));
        batches.generation().database().getCollection(MongoFaults.COLLECTION).drop();
        batches.faults().refresh();

        batches.process(List.of(record(1), record(2)));

        assertTold("dead-lettered", "stored", "duplicate");
    }

    private boolean isSetAside() {
        return batches.faults().setAside(RECORD, "reason", 1, Instant.EPOCH);
    }

    private void claim() {
        SubmissionDigest digest =
                SubmissionDigest.of(SubmissionHeaders.CREATE_SESSION, "", BODY.getBytes(StandardCharsets.UTF_8));
        new MongoKeys(batches.generation())
                .make(List.of(new Claim(ProjectKeys.ofClient(1, KEY), RECORD.value(), digest)), Map.of());
    }

    private ConsumerRecord<byte[], byte[]> record(long offset) {
        return batches.record(
                0, offset, BODY, SubmissionHeaders.ofSession("e", "test", new User(1, "", "", ""), KEY, null));
    }

    private void assertTold(String... states) {
        assertThat(batches.told())
                .extracting(outcome -> outcome.outcome().state())
                .containsExactly(states);
    }
}
