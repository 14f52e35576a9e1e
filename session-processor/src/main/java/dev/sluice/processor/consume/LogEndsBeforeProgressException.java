package dev.sluice.processor.consume;

import static dev.sluice.processor.store.AnotherRecordStoredException.UNTIL_REBUILT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The log ends before the store's progress, goes back behind it while being read, or has different records there: it is not the log that the
 * store was filled from. None of its records may be processed, because they would get ids that are already taken.
 */
final class LogEndsBeforeProgressException extends RuntimeException {

    private static final String NOTHING_PROCESSED =
            ": the topic was made anew or has lost its end, and nothing of it is processed. If it was made anew, the processor"
                    + " says within seconds what to set; if not, it does once it is started again";

    private final String fact;
    private final String consequence;

    private LogEndsBeforeProgressException(TopicPartition partition, String fact, String consequence) {
        this.fact = "partition " + partition.partition() + " of topic " + partition.topic() + " " + fact;
        this.consequence = consequence;
    }

    static LogEndsBeforeProgressException ends(TopicPartition partition, long end, long next) {
        return new LogEndsBeforeProgressException(
                partition, "ends at offset " + end + ", but the store has reached " + next, NOTHING_PROCESSED);
    }

    static LogEndsBeforeProgressException lostItsEnd(TopicPartition partition, long end, long next) {
        return new LogEndsBeforeProgressException(
                partition,
                "has lost what was from offset " + end
                        + " on, and has other records there now, but the store has reached " + next,
                UNTIL_REBUILT);
    }

    static LogEndsBeforeProgressException isOlder(TopicPartition partition, int latestEpoch, int epoch) {
        return new LogEndsBeforeProgressException(
                partition,
                "has lost its end: the store has what its leader of epoch " + epoch
                        + " took, and it knows of none later than " + latestEpoch,
                UNTIL_REBUILT);
    }

    static LogEndsBeforeProgressException wentBack(TopicPartition partition, long offset, long next) {
        return new LogEndsBeforeProgressException(
                partition, "was at offset " + next + " and now gives offset " + offset, NOTHING_PROCESSED);
    }

    /** What several say, each consequence once. */
    static String inOneSentence(List<LogEndsBeforeProgressException> refusals) {
        Map<String, String> facts = new LinkedHashMap<>();
        refusals.forEach(
                refusal -> facts.merge(refusal.consequence, refusal.fact, (before, one) -> before + "; " + one));
        return facts.entrySet().stream()
                .map(fact -> fact.getValue() + fact.getKey())
                .collect(Collectors.joining(". "));
    }

    @Override
    public String getMessage() {
        return fact + consequence;
    }
}
