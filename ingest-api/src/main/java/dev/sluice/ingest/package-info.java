/** Takes submissions over HTTP and writes them to the log. */
@NullMarked
package dev.sluice.ingest;

import org.jspecify.annotations.NullMarked;
