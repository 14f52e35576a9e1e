/** Fills a fresh generation of the projection from the log and makes it replace the live one. */
@NullMarked
package dev.sluice.processor.rebuild;

import org.jspecify.annotations.NullMarked;
