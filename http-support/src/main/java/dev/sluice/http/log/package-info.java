/** Reads single records of the log by the position that an id names, and Kafka's description of a topic. */
@NullMarked
package dev.sluice.http.log;

import org.jspecify.annotations.NullMarked;
