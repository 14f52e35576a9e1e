/** Latency at a fixed rate, regardless of how fast the server responds. */
@NullMarked
package dev.sluice.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
