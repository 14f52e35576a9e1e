package dev.sluice.processor.consume;

import dev.sluice.processor.batch.Announcements;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.batch.UnprocessableRecordException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.generation.OutdatedGenerationException;
import dev.sluice.processor.outcome.DeadLetter;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.outcome.KafkaOutcomes;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.OwnProgress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live generation as the consumer works with it: where to continue, and what to process. Outcomes are told to the topics, to readers of this
 * process that wait, and to its meters. Thread-safe.
 */
public final class LiveProcessing implements Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(LiveProcessing.class);

    private final BatchProcessing processing;
    private final LiveGeneration live;
    private final KafkaDeadLetters deadLetters;
    private final KafkaOutcomes outcomes;
    private final OwnProgress own;
    private final ProcessingMetrics metrics;

    public LiveProcessing(
            BatchProcessing processing,
            LiveGeneration live,
            KafkaDeadLetters deadLetters,
            KafkaOutcomes outcomes,
            OwnProgress own,
            ProcessingMetrics metrics) {
        this.processing = processing;
        this.live = live;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
        this.own = own;
        this.metrics = metrics;
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
                metrics.batches().record(() -> processing.process(turn.records(), turn.generation(), this)));
    }

    MongoProgress progress(Generation generation) {
        return processing.progress(generation);
    }

    /** Reads from the store which records are set aside; throws if it is unavailable. */
    void refreshFaults() {
        processing.refreshFaults();
    }

    UnprocessableRecordException unprocessable(ConsumerRecord<byte[], byte[]> record, Throwable cause) {
        return processing.unprocessable(record, cause);
    }

    /**
     * Counts a failed turn, and notes the record at which it failed, if that is known.
     *
     * @return the failure, with the way out if it has one
     */
    Throwable failed(Turn turn, Throwable failure) {
        metrics.failed();
        if (failure instanceof UnprocessableRecordException fault) {
            try {
                return processing.note(fault, turn.generation());
            } catch (RuntimeException e) {
                // The turn must end all the same.
                LOG.warn("That {} is not noted until it fails again: {}", fault.getMessage(), e.toString());
            }
        }
        return failure;
    }

    /** Counts records that the log has lost before they were processed. */
    void lost(long records) {
        metrics.lost(records);
    }

    @Override
    public void stored(Generation in, Map<Integer, Long> first, Map<Integer, Long> next) {
        own.stored().advance(in, first, next);
    }

    @Override
    public void publish(Generation in, List<DeadLetter> letters, List<SubmissionOutcome> decided) {
        // A process that was suspended may have decided from collections that were dropped meanwhile.
        live.require(in);
        deadLetters.send(letters);
        outcomes.send(decided);
    }

    @Override
    public void passed(Generation in, Map<Integer, Long> first, Map<Integer, Long> next) {
        own.passed().advance(in, first, next);
    }

    @Override
    public void processed(List<SubmissionOutcome> decided, int alreadyThere) {
        metrics.processed(decided, alreadyThere);
    }
}
