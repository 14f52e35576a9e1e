/** Tests that the check of responses finds what is wrong with them. */
@NullMarked
package dev.sluice.test.openapi;

import org.jspecify.annotations.NullMarked;
