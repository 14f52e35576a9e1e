/** Posting notes alone, and knowing the sessions that they name. */
@NullMarked
package dev.sluice.ingest.note;

import org.jspecify.annotations.NullMarked;
