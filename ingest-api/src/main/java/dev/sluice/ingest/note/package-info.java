/** Posting lone notes, and finding the sessions they name. */
@NullMarked
package dev.sluice.ingest.note;

import org.jspecify.annotations.NullMarked;
