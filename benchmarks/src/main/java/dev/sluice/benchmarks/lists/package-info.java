/** The cost of lists in a store with many sessions. */
@NullMarked
package dev.sluice.benchmarks.lists;

import org.jspecify.annotations.NullMarked;
