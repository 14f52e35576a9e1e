/** Submissions on their way into the log, and what became of them. */
@NullMarked
package dev.sluice.ingest.publish;

import org.jspecify.annotations.NullMarked;
