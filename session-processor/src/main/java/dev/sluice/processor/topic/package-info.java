/** The Kafka topics, made where they are missing. */
@NullMarked
package dev.sluice.processor.topic;

import org.jspecify.annotations.NullMarked;
