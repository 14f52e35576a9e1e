package dev.sluice.processor.store;

/** A store holds what an earlier version has kept otherwise. Somebody has to rebuild it; trying again does not help. */
public final class OutdatedStoreException extends RuntimeException {

    OutdatedStoreException(String message) {
        super(message);
    }
}
