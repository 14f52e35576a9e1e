package dev.sluice.processor.audit;

/** The audit could not be completed, which says nothing about the store. */
public final class AuditFailedException extends RuntimeException {

    AuditFailedException(String reason) {
        super(reason);
    }

    AuditFailedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
