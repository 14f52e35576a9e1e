/** Feeds: any number of sessions in one request, one per line, in constant memory. */
@NullMarked
package dev.sluice.ingest.feed;

import org.jspecify.annotations.NullMarked;
