/** Creates and checks the Kafka topics. */
@NullMarked
package dev.sluice.processor.topic;

import org.jspecify.annotations.NullMarked;
