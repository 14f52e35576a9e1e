/** Putting rejected submissions back on the log. */
@NullMarked
package dev.sluice.ingest.resubmit;

import org.jspecify.annotations.NullMarked;
