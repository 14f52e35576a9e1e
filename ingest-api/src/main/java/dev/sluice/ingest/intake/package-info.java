/** What every POST does alike: refuse, publish, and tell what became of it. */
@NullMarked
package dev.sluice.ingest.intake;

import org.jspecify.annotations.NullMarked;
