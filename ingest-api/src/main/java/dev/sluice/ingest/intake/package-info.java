/** What every POST shares: refusing, publishing, and answering with the result. */
@NullMarked
package dev.sluice.ingest.intake;

import org.jspecify.annotations.NullMarked;
