package dev.sluice.processor.progress;

/** The store's progress is behind what this process saw it reach: the store was restored to an older state. Beginning again where it is now helps. */
public final class ProgressWentBackException extends RuntimeException {

    ProgressWentBackException(int partition, long from, String to) {
        super("the store's progress with partition " + partition + " has gone back from " + from + " to " + to);
    }
}
