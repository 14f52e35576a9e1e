/** Tests of what every POST shares. */
@NullMarked
package dev.sluice.ingest.intake;

import org.jspecify.annotations.NullMarked;
