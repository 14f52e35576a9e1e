package dev.sluice.processor.outcome;

import java.util.List;

/** Where records go that cannot be read as a submission at all. */
@FunctionalInterface
public interface DeadLetters {

    /** Returns once all of them are there for good, or throws. */
    void send(List<DeadLetter> letters);
}
