/** Reads the log from the store's progress into a lane for each partition, and processes the lanes, retrying until it succeeds. */
@NullMarked
package dev.sluice.processor.consume;

import org.jspecify.annotations.NullMarked;
