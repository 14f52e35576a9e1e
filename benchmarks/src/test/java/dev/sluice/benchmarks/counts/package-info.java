/** Counts that do not vary between runs, with upper bounds: the aspects of performance that CI can watch cheaply. */
@NullMarked
package dev.sluice.benchmarks.counts;

import org.jspecify.annotations.NullMarked;
