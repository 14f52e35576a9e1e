/** {@code sluice feed}: sends a file or standard input, session by session, and resumes after an interruption. */
@NullMarked
package dev.sluice.standalone.feed;

import org.jspecify.annotations.NullMarked;
