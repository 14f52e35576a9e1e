/** Resubmitting rejected submissions. */
@NullMarked
package dev.sluice.ingest.resubmit;

import org.jspecify.annotations.NullMarked;
