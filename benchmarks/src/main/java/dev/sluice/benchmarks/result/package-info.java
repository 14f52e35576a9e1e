/** Figures, their baselines, and how they are reported. */
@NullMarked
package dev.sluice.benchmarks.result;

import org.jspecify.annotations.NullMarked;
