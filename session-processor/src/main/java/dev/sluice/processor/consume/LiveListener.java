package dev.sluice.processor.consume;

import dev.sluice.processor.batch.ProcessingListener;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.outcome.DeadLetter;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.outcome.KafkaOutcomes;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.progress.OwnProgress;
import java.util.List;
import java.util.Map;

/** Tells what became of records in the live generation to the topics, to readers of this process that wait, and to its meters. */
record LiveListener(
        LiveGeneration live,
        KafkaDeadLetters deadLetters,
        KafkaOutcomes outcomes,
        OwnProgress own,
        ProcessingMetrics metrics)
        implements ProcessingListener {

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
