package dev.sluice.processor.breaker;

import java.time.Instant;

/**
 * A partition is stopped.
 *
 * @param partition of the submissions topic
 * @param offset the first one that is not processed
 * @param reason why, for people
 * @param since when it was stopped
 */
public record Halt(int partition, long offset, String reason, Instant since) {

    /** Why the partition does not get on, and what to do about it. */
    public String sentence() {
        return "partition " + partition + " is stopped at offset " + offset + " by the breaker: " + reason
                + "; look at submissions/?state=rejected of the projects in it and at the dead letters;"
                + " \"./sluice resume\" goes on";
    }
}
