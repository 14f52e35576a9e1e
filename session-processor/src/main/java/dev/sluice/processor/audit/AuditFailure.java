package dev.sluice.processor.audit;

/** The audit could not be made to its end; that says nothing about the store. */
public final class AuditFailure extends RuntimeException {

    AuditFailure(String reason) {
        super(reason);
    }

    AuditFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
