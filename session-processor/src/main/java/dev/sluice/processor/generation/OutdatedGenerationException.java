package dev.sluice.processor.generation;

/** A generation is no longer live: nothing that was decided in it may be published, because its collections may have been dropped. */
public final class OutdatedGenerationException extends RuntimeException {

    OutdatedGenerationException(int number) {
        super("generation " + number + " of the projection is no longer live");
    }
}
