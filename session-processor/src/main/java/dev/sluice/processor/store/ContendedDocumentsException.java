package dev.sluice.processor.store;

/** Somebody else has changed the same documents each time that we were about to. Trying again later helps. */
public final class ContendedDocumentsException extends RuntimeException {

    public ContendedDocumentsException(String collection, int tries) {
        super("documents of " + collection + " were changed by somebody else " + tries + " times in a row");
    }
}
