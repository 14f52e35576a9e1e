/** Tests of the package. */
@NullMarked
package dev.sluice.standalone;

import org.jspecify.annotations.NullMarked;
