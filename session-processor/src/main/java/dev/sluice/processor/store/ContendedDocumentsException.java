package dev.sluice.processor.store;

/** Other processors changed the same documents before each of our attempts. Retrying later helps. */
public final class ContendedDocumentsException extends RuntimeException {

    public ContendedDocumentsException(String collection, int tries) {
        super("documents of " + collection + " were changed by somebody else " + tries + " times in a row");
    }
}
