/** How throughput scales with the number of processors. */
@NullMarked
package dev.sluice.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
