/** Reads ranges of the submissions topic, and knows what was seen of it. */
@NullMarked
package dev.sluice.processor.log;

import org.jspecify.annotations.NullMarked;
