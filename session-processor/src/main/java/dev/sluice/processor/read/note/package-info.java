/** Notes of a task, one and listed: those embedded in sessions and those submitted alone, in one order. */
@NullMarked
package dev.sluice.processor.read.note;

import org.jspecify.annotations.NullMarked;
