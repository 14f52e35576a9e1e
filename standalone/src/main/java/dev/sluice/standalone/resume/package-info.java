/** {@code sluice resume}: lets processing go on after a flood of bad records has stopped it. */
@NullMarked
package dev.sluice.standalone.resume;

import org.jspecify.annotations.NullMarked;
