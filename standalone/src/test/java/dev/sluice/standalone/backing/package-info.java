/** Tests of the package. */
@NullMarked
package dev.sluice.standalone.backing;

import org.jspecify.annotations.NullMarked;
