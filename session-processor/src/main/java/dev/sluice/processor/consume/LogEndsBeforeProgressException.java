package dev.sluice.processor.consume;

/**
 * The log ends before the offset that the store has reached, so it is not the log that the store was filled from. Its records would get
 * ids that are taken, so nothing of it may be processed.
 */
final class LogEndsBeforeProgressException extends RuntimeException {

    private final String sentence;

    LogEndsBeforeProgressException(String topic, int partition, long end, long next) {
        this.sentence = "partition " + partition + " of topic " + topic + " ends at offset " + end
                + ", but the store has reached " + next
                + ": the topic was made anew or moved; set ids.base above the highest id there is";
    }

    @Override
    public String getMessage() {
        return sentence;
    }
}
