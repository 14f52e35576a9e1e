/** Load generators for HTTP servers, in a separate process that uses as little CPU as possible. */
@NullMarked
package dev.sluice.benchmarks.load;

import org.jspecify.annotations.NullMarked;
