/** What may be submitted: the one set of note rules, run over the submitted bytes in one pass. */
@NullMarked
package dev.sluice.contract.submission;

import org.jspecify.annotations.NullMarked;
