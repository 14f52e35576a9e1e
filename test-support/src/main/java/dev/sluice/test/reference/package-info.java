/** The tables of {@code docs/reference.md}. */
@NullMarked
package dev.sluice.test.reference;

import org.jspecify.annotations.NullMarked;
