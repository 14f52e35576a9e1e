/** What lists cost, on a store with many sessions. */
@NullMarked
package dev.sluice.benchmarks.read;

import org.jspecify.annotations.NullMarked;
