/** A flood of bad records stops the partition that it is in, until somebody says to go on. */
@NullMarked
package dev.sluice.processor.breaker;

import org.jspecify.annotations.NullMarked;
