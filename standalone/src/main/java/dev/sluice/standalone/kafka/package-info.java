/** Command-line options for the Kafka that a command connects to. */
@NullMarked
package dev.sluice.standalone.kafka;

import org.jspecify.annotations.NullMarked;
