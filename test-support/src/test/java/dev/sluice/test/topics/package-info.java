/** Tests of the package. */
@NullMarked
package dev.sluice.test.topics;

import org.jspecify.annotations.NullMarked;
