package dev.sluice.processor.audit;

/** Hears how far an audit is, on the audit's own thread. */
@FunctionalInterface
public interface AuditListener {

    /**
     * Some more records are compared.
     *
     * @param records how many in all
     * @param of how many positions there are to go through
     */
    void compared(long records, long of);
}
