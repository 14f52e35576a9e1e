/** The contract between the suite and its parts. */
@NullMarked
package dev.sluice.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
