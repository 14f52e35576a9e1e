/** Tests of the package. */
@NullMarked
package dev.sluice.standalone.store;

import org.jspecify.annotations.NullMarked;
