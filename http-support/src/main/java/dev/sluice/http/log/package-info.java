/** Single records of the log, read by the place that an id names; and what Kafka says of a topic. */
@NullMarked
package dev.sluice.http.log;

import org.jspecify.annotations.NullMarked;
