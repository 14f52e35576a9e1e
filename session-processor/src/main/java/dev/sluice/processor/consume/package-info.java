/** Batches of the log are taken from Kafka, from where the store is, and given again until they are processed. */
@NullMarked
package dev.sluice.processor.consume;

import org.jspecify.annotations.NullMarked;
