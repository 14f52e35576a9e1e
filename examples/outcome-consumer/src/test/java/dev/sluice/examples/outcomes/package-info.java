/** Tests of the package. */
@NullMarked
package dev.sluice.examples.outcomes;

import org.jspecify.annotations.NullMarked;
