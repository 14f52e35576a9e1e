/** Tests of the package. */
@NullMarked
package dev.sluice.standalone.token;

import org.jspecify.annotations.NullMarked;
