/** Tests. */
@NullMarked
package dev.sluice.processor.sums;

import org.jspecify.annotations.NullMarked;
