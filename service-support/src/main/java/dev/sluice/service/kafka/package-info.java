/** How all processes talk to Kafka: the settings, the admin client, what decompresses records, what a topic is like, and reasons of failures in words. */
@NullMarked
package dev.sluice.service.kafka;

import org.jspecify.annotations.NullMarked;
