/** Memory limits, startup time, and behavior with many stored sessions. */
@NullMarked
package dev.sluice.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
