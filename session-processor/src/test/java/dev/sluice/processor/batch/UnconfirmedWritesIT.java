package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.breaker.BreakerConfig;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MongoDB's primary has written, but no majority has confirmed it in time: the next primary may lack it. */
class UnconfirmedWritesIT {

    private final Batches batches = new Batches(UnconfirmedWritesIT.class, 1, BreakerConfig.OFF);

    @AfterEach
    void close() {
        batches.close();
    }

    /** The claim of the key, the documents, and the counts. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void letNothingBePublishedThatRestsOnThem(int write) {
        assertRefused(write);
        assertRefused(write);
        assertThat(batches.told()).isEmpty();

        batches.process(records());

        assertThat(batches.told())
                .extracting(outcome -> outcome.outcome().state())
                .containsExactly("stored", "duplicate");
    }

    private void assertRefused(int write) {
        batches.store().disturb(write, new Unconfirmed());

        assertThatExceptionOfType(MongoBulkWriteException.class).isThrownBy(() -> batches.process(records()));
    }

    private static final class Unconfirmed implements DisturbedStore.Disturbance {

        @Override
        public int before(int models) {
            return models;
        }

        @Override
        public void after() {
            throw new MongoBulkWriteException(
                    BulkWriteResult.unacknowledged(),
                    List.of(),
                    new WriteConcernError(
                            64, "WriteConcernTimeout", "waiting for replication timed out", new BsonDocument()),
                    new ServerAddress(),
                    Set.of());
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        return List.of(record(0), record(1));
    }

    private ConsumerRecord<byte[], byte[]> record(long offset) {
        return batches.record(
                0,
                offset,
                "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}",
                SubmissionHeaders.ofSession("e", "test", Batches.USER, "key", null));
    }
}
