/** Verification of tasks: what follows from all the notes about a task, in the order of the log. */
@NullMarked
package dev.sluice.processor.task;

import org.jspecify.annotations.NullMarked;
