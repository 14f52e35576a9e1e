/** Reads the submissions topic: its stretches, its ends, and what is known about it. */
@NullMarked
package dev.sluice.processor.log;

import org.jspecify.annotations.NullMarked;
