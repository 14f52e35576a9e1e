/** What all POSTs have in common. */
@NullMarked
package dev.sluice.ingest.intake;

import org.jspecify.annotations.NullMarked;
