package dev.sluice.benchmarks.process;

import java.time.Duration;

/** Something whose CPU time the operating system reports. */
public interface Measured {

    /** The CPU time used since the start, in user and kernel mode. */
    Duration cpu();
}
