/** The cost of reads, compared with the queries behind them. */
@NullMarked
package dev.sluice.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
