package dev.sluice.benchmarks.process;

import java.time.Duration;

/** Something whose use of the processors the operating system accounts for. */
public interface Measured {

    /** CPU time that it has used since its start, in user and kernel mode. */
    Duration cpu();
}
