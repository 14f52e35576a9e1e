/** Whether broker and store keep what they were given. */
@NullMarked
package dev.sluice.embedded;

import org.jspecify.annotations.NullMarked;
