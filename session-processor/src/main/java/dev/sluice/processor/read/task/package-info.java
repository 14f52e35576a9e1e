/** Tasks, one and listed: what all their notes come to. */
@NullMarked
package dev.sluice.processor.read.task;

import org.jspecify.annotations.NullMarked;
