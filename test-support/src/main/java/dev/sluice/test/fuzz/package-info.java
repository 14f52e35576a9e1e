/** Fuzz targets: the inputs that are kept for them, and a fuzzer to find more. */
@NullMarked
package dev.sluice.test.fuzz;

import org.jspecify.annotations.NullMarked;
