/** Tests. */
@NullMarked
package dev.sluice.processor.totals;

import org.jspecify.annotations.NullMarked;
