/** Fuzz targets with saved inputs, and a fuzzer that searches for more. */
@NullMarked
package dev.sluice.test.fuzz;

import org.jspecify.annotations.NullMarked;
