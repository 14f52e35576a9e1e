package dev.sluice.processor.source;

import dev.sluice.contract.id.IdBase;

/**
 * The log that a store is filled from.
 *
 * @param topic Kafka's id of the submissions topic: another one each time a topic is made
 * @param partitions how many it has; with another number projects would be in other partitions
 * @param ids what its records' ids are
 */
public record SourceLog(String topic, int partitions, IdBase ids) {}
