package dev.sluice.processor.progress;

import dev.sluice.processor.outcome.SubmissionOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records of one partition that have their outcomes in the store.
 *
 * @param outcomes in log order
 * @param leaderEpoch the leader epoch of the last record, if known
 */
record PassedRecords(List<SubmissionOutcome> outcomes, Optional<Integer> leaderEpoch) {

    static Map<Integer, PassedRecords> byPartition(
            List<SubmissionOutcome> outcomes, Map<Integer, Integer> leaderEpochs) {
        Map<Integer, PassedRecords> byPartition = new TreeMap<>();
        for (SubmissionOutcome outcome : outcomes) {
            byPartition
                    .computeIfAbsent(
                            outcome.id().partition(),
                            partition -> new PassedRecords(
                                    new ArrayList<>(), Optional.ofNullable(leaderEpochs.get(partition))))
                    .outcomes
                    .add(outcome);
        }
        return byPartition;
    }

    /** The first record's position. */
    long first() {
        return outcomes.getFirst().id().position();
    }

    /** The position after the last record. */
    long end() {
        return outcomes.getLast().id().position() + 1;
    }

    /** The outcomes of the positions from {@code next} on. */
    Tally since(long next) {
        Tally tally = Tally.NONE;
        long expected = next;
        for (SubmissionOutcome outcome : outcomes) {
            long position = outcome.id().position();
            if (position >= next) {
                tally = tally.withEmpty(position - expected).with(outcome.outcome());
                expected = position + 1;
            }
        }
        return tally;
    }
}
