/** The rules for submissions, applied to the submitted bytes in one pass. */
@NullMarked
package dev.sluice.contract.submission;

import org.jspecify.annotations.NullMarked;
