@NullMarked
package dev.sluice.ingest.feed;

import org.jspecify.annotations.NullMarked;
