package dev.sluice.processor.consume;

import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.generation.OutdatedGenerationException;
import dev.sluice.processor.progress.MongoProgress;
import java.util.Map;
import java.util.Objects;

/** The live generation as the consumer works with it: where to continue, and what to process; metered. Thread-safe. */
public record LiveProcessing(BatchProcessing processing, LiveGeneration live, ProcessingMetrics metrics) {

    /** The live generation. */
    Generation generation() {
        return live.current();
    }

    /** See {@link BatchProcessing#recordsAtATime}. */
    int recordsAtATime() {
        return processing.recordsAtATime();
    }

    /**
     * Processes a turn; see {@link BatchProcessing#process}.
     *
     * @throws OutdatedGenerationException if its generation is no longer live
     */
    Map<Integer, Long> process(Turn turn) {
        live.require(turn.generation());
        return Objects.requireNonNull(
                metrics.batches().record(() -> processing.process(turn.records(), turn.generation())));
    }

    void failed() {
        metrics.failed();
    }

    /** See {@link BatchProcessing#progress}. */
    MongoProgress progress(Generation generation) {
        return processing.progress(generation);
    }

    void lost(long records) {
        metrics.lost(records);
    }
}
