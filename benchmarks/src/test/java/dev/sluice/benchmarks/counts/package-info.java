/** Counts that do not vary from run to run, with bounds: what CI can afford to watch of how fast Sluice is. */
@NullMarked
package dev.sluice.benchmarks.counts;

import org.jspecify.annotations.NullMarked;
