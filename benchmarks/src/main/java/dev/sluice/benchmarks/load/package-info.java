/** Load on HTTP servers, from a process of its own, which uses as little of the processors as it can. */
@NullMarked
package dev.sluice.benchmarks.load;

import org.jspecify.annotations.NullMarked;
