/** Tests of the package. */
@NullMarked
package dev.sluice.processor.outcome;

import org.jspecify.annotations.NullMarked;
