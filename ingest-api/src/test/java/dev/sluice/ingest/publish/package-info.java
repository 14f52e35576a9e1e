/** What becomes of a publication. */
@NullMarked
package dev.sluice.ingest.publish;

import org.jspecify.annotations.NullMarked;
