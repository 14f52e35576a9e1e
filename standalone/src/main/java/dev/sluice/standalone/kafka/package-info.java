/** Which Kafka a command speaks to and how, as options. */
@NullMarked
package dev.sluice.standalone.kafka;

import org.jspecify.annotations.NullMarked;
