/**
 * Remembers which log a store was filled from, so that no other log is mistaken for it: in the collection {@code installation}, and for ingest-api
 * in the topic {@code installation}.
 */
@NullMarked
package dev.sluice.processor.source;

import org.jspecify.annotations.NullMarked;
