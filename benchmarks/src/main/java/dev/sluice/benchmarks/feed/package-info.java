/** What a feed gets into the log, beside Kafka's own measure of that. */
@NullMarked
package dev.sluice.benchmarks.feed;

import org.jspecify.annotations.NullMarked;
