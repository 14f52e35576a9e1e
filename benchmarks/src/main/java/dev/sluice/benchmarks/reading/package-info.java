/** What reads cost, beside the queries behind them. */
@NullMarked
package dev.sluice.benchmarks.reading;

import org.jspecify.annotations.NullMarked;
