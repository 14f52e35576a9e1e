/** Sessions, their headers and what is answered. */
@NullMarked
package dev.sluice.ingest.session;

import org.jspecify.annotations.NullMarked;
