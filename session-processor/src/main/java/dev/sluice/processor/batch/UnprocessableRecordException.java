package dev.sluice.processor.batch;

/** Our own code has failed on a record: a fault of ours, not of the record. Nothing after it is processed until that is mended. */
public final class UnprocessableRecordException extends RuntimeException {

    private final String place;

    UnprocessableRecordException(int partition, long offset, RuntimeException cause) {
        super("the record at partition " + partition + ", offset " + offset + " cannot be processed", cause);
        this.place = "the record at partition " + partition + ", offset " + offset;
    }

    /** Names the record. */
    public String place() {
        return place;
    }
}
