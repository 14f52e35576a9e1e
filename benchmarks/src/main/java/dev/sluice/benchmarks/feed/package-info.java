/** The rate at which feeds get sessions into the log, compared with Kafka's own benchmark. */
@NullMarked
package dev.sluice.benchmarks.feed;

import org.jspecify.annotations.NullMarked;
