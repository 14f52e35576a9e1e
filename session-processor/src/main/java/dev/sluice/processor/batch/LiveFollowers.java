package dev.sluice.processor.batch;

import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.outcome.DeadLetter;
import dev.sluice.processor.outcome.DeadLetters;
import dev.sluice.processor.outcome.Outcomes;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.progress.OwnProgress;
import java.util.List;
import java.util.Map;

/** The followers of the live generation: consumers of the topics, readers of this process that wait, and its meters. */
public record LiveFollowers(
        LiveGeneration live,
        DeadLetters deadLetters,
        Outcomes outcomes,
        OwnProgress progress,
        ProcessingMetrics metrics)
        implements Followers {

    @Override
    public void stored(Generation in, Map<Integer, Long> first, Map<Integer, Long> next) {
        progress.stored().advance(in, first, next);
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
        progress.passed().advance(in, first, next);
    }

    @Override
    public void processed(List<SubmissionOutcome> decided, int alreadyThere) {
        metrics.processed(decided, alreadyThere);
    }
}
