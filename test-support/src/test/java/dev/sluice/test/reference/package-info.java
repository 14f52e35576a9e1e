/** Comparisons of the reference with the sources, as text. */
@NullMarked
package dev.sluice.test.reference;

import org.jspecify.annotations.NullMarked;
