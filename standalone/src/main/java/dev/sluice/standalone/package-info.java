/** The {@code sluice} command. */
@NullMarked
package dev.sluice.standalone;

import org.jspecify.annotations.NullMarked;
