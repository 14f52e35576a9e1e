/** The sessions that all measurements use: reproducible from a seed, and shaped like real scanner output. */
@NullMarked
package dev.sluice.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
