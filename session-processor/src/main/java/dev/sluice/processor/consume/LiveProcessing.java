package dev.sluice.processor.consume;

import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.batch.UnprocessableRecordException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.generation.OutdatedGenerationException;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.outcome.KafkaOutcomes;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.OwnProgress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live generation as the consumer works with it: where to continue, and what to process. Thread-safe. */
public final class LiveProcessing {

    private static final Logger LOG = LoggerFactory.getLogger(LiveProcessing.class);

    private final BatchProcessing processing;
    private final LiveGeneration live;
    private final ProcessingMetrics metrics;
    private final LiveListener listener;

    public LiveProcessing(
            BatchProcessing processing,
            LiveGeneration live,
            KafkaDeadLetters deadLetters,
            KafkaOutcomes outcomes,
            OwnProgress own,
            ProcessingMetrics metrics) {
        this.processing = processing;
        this.live = live;
        this.metrics = metrics;
        this.listener = new LiveListener(live, deadLetters, outcomes, own, metrics);
    }

    Generation generation() {
        return live.current();
    }

    int recordsAtATime() {
        return processing.recordsAtATime();
    }

    /** Processes a turn; throws an {@link OutdatedGenerationException} if its generation is no longer live. */
    Map<Integer, Long> process(Turn turn) {
        live.require(turn.generation());
        return Objects.requireNonNull(
                metrics.batches().record(() -> processing.process(turn.records(), turn.generation(), listener)));
    }

    MongoProgress progress(Generation generation) {
        return processing.progress(generation);
    }

    /** Reads from the store which records are set aside; throws if it is unavailable. */
    void refreshFaults() {
        processing.refreshFaults();
    }

    /**
     * Counts a failed turn. If a fault of ours can be about no more than one record, it names that record, and is noted.
     *
     * @return the failure, with the way out if it has one
     */
    Throwable failed(Turn turn, Throwable failure) {
        metrics.failed();
        Optional<UnprocessableRecordException> fault = ofRecord(turn, failure);
        return fault.isPresent() ? noted(fault.get(), turn.generation()) : failure;
    }

    private Optional<UnprocessableRecordException> ofRecord(Turn turn, Throwable failure) {
        if (failure instanceof UnprocessableRecordException named) {
            return Optional.of(named);
        }
        List<ConsumerRecord<byte[], byte[]>> records = turn.records();
        return Trouble.of(failure).kind() == Trouble.Kind.FAULT && records.size() == 1
                ? Optional.of(processing.unprocessable(records.getFirst(), failure))
                : Optional.empty();
    }

    private UnprocessableRecordException noted(UnprocessableRecordException fault, Generation generation) {
        try {
            return processing.note(fault, generation);
        } catch (RuntimeException e) {
            // The turn must end all the same.
            LOG.warn("That {} is not noted until it fails again: {}", fault.getMessage(), e.toString());
            return fault;
        }
    }

    /** Counts records that the log has lost before they were processed. */
    void lost(long records) {
        metrics.lost(records);
    }
}
