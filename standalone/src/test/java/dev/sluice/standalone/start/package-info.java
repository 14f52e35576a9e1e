/** Tests of the package. */
@NullMarked
package dev.sluice.standalone.start;

import org.jspecify.annotations.NullMarked;
