/** What a POST costs, beside the same server that does nothing with it. */
@NullMarked
package dev.sluice.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
