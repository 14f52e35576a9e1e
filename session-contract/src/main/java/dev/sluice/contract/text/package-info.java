/** Displaying text by others, and writing JSON. */
@NullMarked
package dev.sluice.contract.text;

import org.jspecify.annotations.NullMarked;
