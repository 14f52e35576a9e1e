/** {@code sluice feed}: sends a file, or standard input, session by session, and goes on where it was interrupted. */
@NullMarked
package dev.sluice.standalone.feed;

import org.jspecify.annotations.NullMarked;
