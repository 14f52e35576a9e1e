/** Tests of the answers to sessions. */
@NullMarked
package dev.sluice.ingest.session;

import org.jspecify.annotations.NullMarked;
