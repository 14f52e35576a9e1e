/** Tests. */
@NullMarked
package dev.sluice.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
