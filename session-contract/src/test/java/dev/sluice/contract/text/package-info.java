/** Tests of text that is safe to display. */
@NullMarked
package dev.sluice.contract.text;

import org.jspecify.annotations.NullMarked;
