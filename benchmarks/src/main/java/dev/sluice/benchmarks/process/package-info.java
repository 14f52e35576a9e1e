/** Processes that take part in a measurement, each on its own, and what the operating system says that they used. */
@NullMarked
package dev.sluice.benchmarks.process;

import org.jspecify.annotations.NullMarked;
