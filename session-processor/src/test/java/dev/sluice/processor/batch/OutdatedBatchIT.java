package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.OutdatedGenerationException;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.progress.MongoProgress;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A processor is suspended after it has seen that a generation is live, and goes on once that has been replaced and dropped. */
class OutdatedBatchIT {

    private final Batches batches = new Batches(OutdatedBatchIT.class, 1, BreakerConfig.OFF);
    private final Generations generations = new Generations(batches.generation().database());

    @AfterEach
    void close() {
        batches.close();
    }

    @Test
    void publishesNothingThatItDecidedWithoutWhatWasDropped() {
        ConsumerRecord<byte[], byte[]> first = withTheKey(0);
        ConsumerRecord<byte[], byte[]> repeated = withTheKey(1);
        batches.process(List.of(first));
        replaceTheFirstGeneration();

        assertThatExceptionOfType(OutdatedGenerationException.class)
                .isThrownBy(() -> batches.process(List.of(repeated)));
        batches.processing().process(List.of(first, repeated), generations.of(2), batches::publish);

        assertThat(batches.told())
                .filteredOn(told -> told.id().position() == repeated.offset())
                .singleElement()
                .satisfies(told -> assertThat(told.outcome()).isInstanceOf(Outcome.Duplicate.class));
    }

    @Test
    void refusesAStoreThatWasPutBackThoughABatchOfTheFormerGenerationCameInBetween() {
        Generation next = generations.of(2);
        batches.processing().process(List.of(withTheKey(0)), next, ProcessingListener.NONE);
        BatchProcessing switched = batches.processing();
        switched.progress(next).goOn(List.of(0));

        switched.progress(batches.generation());
        next.collection(MongoProgress.COLLECTION, Document.class).deleteMany(new Document());

        assertThatThrownBy(() -> switched.process(List.of(withTheKey(1)), next, ProcessingListener.NONE))
                .hasMessageContaining("has gone back from 1 to nothing");
    }

    private void replaceTheFirstGeneration() {
        generations.begin(generations.state(), "a rebuild");
        generations.goLive(1, 2, "a rebuild");
        for (String collection : List.of("submissions", "keys", "counts", "progress")) {
            batches.generation().database().getCollection(collection).drop();
        }
    }

    private ConsumerRecord<byte[], byte[]> withTheKey(long offset) {
        return batches.record(
                0,
                offset,
                "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}",
                SubmissionHeaders.ofSession("e", "test", Batches.USER, "key", null));
    }
}
