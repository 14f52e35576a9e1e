/** The log is read from where the store is, into a lane for each partition, and processed from there, as often as it takes. */
@NullMarked
package dev.sluice.processor.consume;

import org.jspecify.annotations.NullMarked;
