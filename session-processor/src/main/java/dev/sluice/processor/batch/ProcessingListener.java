package dev.sluice.processor.batch;

import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.outcome.DeadLetter;
import dev.sluice.processor.outcome.SubmissionOutcome;
import java.util.List;
import java.util.Map;

/** Told what became of records, each step as soon as it holds. Progress moves only after {@link #publish} has returned. */
@FunctionalInterface
public interface ProcessingListener {

    /** For a generation that nobody reads, and whose outcomes have been published from another one. */
    ProcessingListener NONE = (in, letters, outcomes) -> {};

    /**
     * Submissions are stored with their outcomes.
     *
     * @param first by partition, their first position
     * @param next by partition, the position after the last one
     */
    default void stored(Generation in, Map<Integer, Long> first, Map<Integer, Long> next) {}

    /** Publishes outcomes, which rest on what is in the generation. Returns once all of them are durable, or throws. */
    void publish(Generation in, List<DeadLetter> letters, List<SubmissionOutcome> outcomes);

    /** Everything derived from submissions is stored too, and so is progress; see {@link #stored}. */
    default void passed(Generation in, Map<Integer, Long> first, Map<Integer, Long> next) {}

    /** Records have been processed, some of which were in the store already. */
    default void processed(List<SubmissionOutcome> outcomes, int alreadyThere) {}
}
