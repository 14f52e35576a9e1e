/** Reads single notes and lists the notes of a task: those embedded in sessions and those submitted alone, in one order. */
@NullMarked
package dev.sluice.processor.read.note;

import org.jspecify.annotations.NullMarked;
