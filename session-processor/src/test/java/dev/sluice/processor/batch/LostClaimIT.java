package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.key.MongoKeys;
import dev.sluice.processor.key.ProjectKeys;
import dev.sluice.processor.store.AnotherRecordStoredException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A processor was killed after it had claimed the key of a record, which the log then lost. */
class LostClaimIT {

    private static final String KEY = "key";
    private static final String BODY = "{\"analysis_ref\":\"lost\",\"analysis_type\":\"fortify\"}";
    private static final String OTHER_BODY = "{\"analysis_ref\":\"other\",\"analysis_type\":\"fortify\"}";
    private static final SubmissionId LOST = new SubmissionId(0, 0);

    private final Batches batches = new Batches(LostClaimIT.class, 1, BreakerConfig.OFF);

    @BeforeEach
    void claim() {
        SubmissionDigest digest =
                SubmissionDigest.of(SubmissionHeaders.CREATE_SESSION, "", BODY.getBytes(StandardCharsets.UTF_8));
        Claim claim = new Claim(ProjectKeys.ofClient(1, KEY), LOST.value(), digest);
        new MongoKeys(batches.generation()).insert(List.of(claim));
    }

    @AfterEach
    void close() {
        batches.close();
    }

    @Test
    void makesNoRecordADuplicateOfTheOneThatGotItsPlace() {
        batches.process(List.of(record(0, OTHER_BODY, null)));

        assertRefused(List.of(record(1, BODY, KEY)));
    }

    @Test
    void makesNoRecordADuplicateOfTheOneInTheSameBatchThatGotItsPlace() {
        assertRefused(List.of(record(0, OTHER_BODY, "another key"), record(1, BODY, KEY)));
    }

    @Test
    void isNotTakenForThatOfARecordWithTheSameKeyAndAnotherBody() {
        assertRefused(List.of(record(0, OTHER_BODY, KEY)));
    }

    @Test
    void isThatOfTheRecordIfTheLogStillHasIt() {
        batches.process(List.of(record(0, BODY, KEY), record(1, BODY, KEY)));

        assertThat(batches.told())
                .extracting(outcome -> outcome.outcome().state())
                .containsExactly("stored", "duplicate");
    }

    private void assertRefused(List<ConsumerRecord<byte[], byte[]>> records) {
        int before = batches.told().size();

        assertThatThrownBy(() -> batches.process(records))
                .isInstanceOfSatisfying(
                        AnotherRecordStoredException.class,
                        refusal -> assertThat(refusal.id()).isEqualTo(LOST));
        assertThat(batches.told()).hasSize(before);
        assertThat(batches.progress().next(Set.of(0)).getOrDefault(0, 0L)).isEqualTo(before);
    }

    private ConsumerRecord<byte[], byte[]> record(long offset, String body, @Nullable String key) {
        return batches.record(0, offset, body, SubmissionHeaders.ofSession("e", "test", Batches.USER, key, null));
    }
}
