/** The benchmark suite: {@code ./sluice bench}. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
