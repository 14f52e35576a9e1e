/** Tests that the broker and the store keep what they were given. */
@NullMarked
package dev.sluice.embedded;

import org.jspecify.annotations.NullMarked;
