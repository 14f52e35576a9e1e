/** Tests. */
@NullMarked
package dev.sluice.processor.read.note;

import org.jspecify.annotations.NullMarked;
