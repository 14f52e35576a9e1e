/** Verification of tasks: a fold over all notes about a task, in log order. */
@NullMarked
package dev.sluice.processor.task;

import org.jspecify.annotations.NullMarked;
