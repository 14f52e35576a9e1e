/** Tests of the fixtures that tests use. */
@NullMarked
package dev.sluice.test;

import org.jspecify.annotations.NullMarked;
