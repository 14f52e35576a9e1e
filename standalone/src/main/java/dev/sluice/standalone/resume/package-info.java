/** {@code sluice resume}: resumes processing that a flood of bad records has stopped. */
@NullMarked
package dev.sluice.standalone.resume;

import org.jspecify.annotations.NullMarked;
