package dev.sluice.contract.topic;

import dev.sluice.contract.id.IdBase;

/**
 * The log that a store is filled from.
 *
 * @param topic Kafka's id of the submissions topic, which is different each time a topic is created
 * @param partitions the number of partitions; with another one, projects would be in other partitions
 * @param ids the base of its records' ids
 */
public record SourceLog(String topic, int partitions, IdBase ids) {}
