/** Creates and checks the Kafka topics, and reads the submissions topic. */
@NullMarked
package dev.sluice.processor.topic;

import org.jspecify.annotations.NullMarked;
