/** Tests of the package. */
@NullMarked
package dev.sluice.standalone.tail;

import org.jspecify.annotations.NullMarked;
