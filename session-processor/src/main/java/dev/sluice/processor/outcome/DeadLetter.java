package dev.sluice.processor.outcome;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that cannot be read as a submission, and why, in words for people. */
public record DeadLetter(ConsumerRecord<byte[], byte[]> source, String reason) {}
