/** The cost of a POST, compared with the same server when it does nothing with the body. */
@NullMarked
package dev.sluice.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
