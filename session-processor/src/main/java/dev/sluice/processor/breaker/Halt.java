package dev.sluice.processor.breaker;

import java.time.Instant;

/**
 * A stopped partition.
 *
 * @param offset the first offset that is not processed
 * @param reason why it was stopped, in words for people
 */
public record Halt(int partition, long offset, String reason, Instant since) {

    /** Says why the partition is stopped and how to resume it. */
    public String sentence() {
        return "partition " + partition + " is stopped at offset " + offset + " by the breaker: " + reason
                + "; look at submissions/?state=rejected of the projects in it and at the dead letters;"
                + " \"./sluice resume\" goes on";
    }
}
