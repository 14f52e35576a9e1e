package dev.sluice.processor.store;

/** Somebody else changed the same documents before us. Retrying later helps. */
public final class ContendedDocumentsException extends RuntimeException {

    public ContendedDocumentsException(String collection, int tries) {
        this("documents of " + collection + " were changed by somebody else " + tries + " times in a row");
    }

    public ContendedDocumentsException(String message) {
        super(message);
    }
}
