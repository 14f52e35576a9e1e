/** Turns records of the log into documents, in batches, each exactly once. */
@NullMarked
package dev.sluice.processor.batch;

import org.jspecify.annotations.NullMarked;
