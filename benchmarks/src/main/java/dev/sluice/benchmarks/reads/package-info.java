/** The cost of reads, compared with the queries behind them, and of lists in a large project. */
@NullMarked
package dev.sluice.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
