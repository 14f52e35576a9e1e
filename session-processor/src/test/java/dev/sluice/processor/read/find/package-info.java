/** Tests. */
@NullMarked
package dev.sluice.processor.read.find;

import org.jspecify.annotations.NullMarked;
