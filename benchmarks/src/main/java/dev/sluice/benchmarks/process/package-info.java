/** The processes of a measurement, and the CPU time that the operating system reports for each. */
@NullMarked
package dev.sluice.benchmarks.process;

import org.jspecify.annotations.NullMarked;
