/** Tests. */
@NullMarked
package dev.sluice.benchmarks.result;

import org.jspecify.annotations.NullMarked;
