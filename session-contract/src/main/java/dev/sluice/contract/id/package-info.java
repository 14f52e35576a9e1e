/** Ids: a submission's place in the log, as a number, and back. */
@NullMarked
package dev.sluice.contract.id;

import org.jspecify.annotations.NullMarked;
