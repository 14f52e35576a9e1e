package dev.sluice.processor.consume;

import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.generation.OutdatedGenerationException;
import dev.sluice.processor.progress.PartitionProgress;
import java.util.Map;
import java.util.Objects;

/** Processes turns in the generation that is live, and meters them. Thread-safe. */
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

    /** See {@link BatchProcessing#goOn}. */
    Map<Integer, PartitionProgress> goOn(Map<Integer, Long> begins, Generation generation) {
        return processing.goOn(begins, generation);
    }

    /** See {@link BatchProcessing#skip}. */
    boolean skip(PartitionProgress from, long to, Generation generation) {
        return processing.skip(from, to, generation);
    }

    void lost(long records) {
        metrics.lost(records);
    }
}
