/** How long one waits, at a rate that is fixed whatever the server does. */
@NullMarked
package dev.sluice.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
