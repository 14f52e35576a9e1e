/** A fresh generation of the projection is filled from the log beside the live one, and takes its place. */
@NullMarked
package dev.sluice.processor.rebuild;

import org.jspecify.annotations.NullMarked;
