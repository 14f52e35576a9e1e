/** Reads single tasks and lists them, with the status that follows from all their notes. */
@NullMarked
package dev.sluice.processor.read.task;

import org.jspecify.annotations.NullMarked;
