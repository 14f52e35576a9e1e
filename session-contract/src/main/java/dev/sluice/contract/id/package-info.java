/** Ids: converts a submission's place in the log to a number and back. */
@NullMarked
package dev.sluice.contract.id;

import org.jspecify.annotations.NullMarked;
