/** The sessions that everything is measured with: the same from every seed, shaped like what scanners send. */
@NullMarked
package dev.sluice.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
