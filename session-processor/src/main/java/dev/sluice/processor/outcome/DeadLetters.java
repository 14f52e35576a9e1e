package dev.sluice.processor.outcome;

import java.util.List;

/** The destination of records that cannot be read as submissions. */
@FunctionalInterface
public interface DeadLetters {

    /** Sends dead letters. Returns once all of them are durable, or throws. */
    void send(List<DeadLetter> letters);
}
