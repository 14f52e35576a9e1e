package dev.sluice.processor.audit;

/** Receives the progress of an audit, on the audit's thread. */
@FunctionalInterface
public interface AuditListener {

    /**
     * More records have been compared.
     *
     * @param records the number of records so far
     * @param of the number of positions to go through
     */
    void compared(long records, long of);
}
