/** Publishing submissions to the log, and the results. */
@NullMarked
package dev.sluice.ingest.publish;

import org.jspecify.annotations.NullMarked;
