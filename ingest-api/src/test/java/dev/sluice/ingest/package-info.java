/** Tests of all of ingest-api, over HTTP and against a broker. */
@NullMarked
package dev.sluice.ingest;

import org.jspecify.annotations.NullMarked;
