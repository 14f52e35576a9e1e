/** The Kafka topics and the headers of their records. */
@NullMarked
package dev.sluice.contract.topic;

import org.jspecify.annotations.NullMarked;
