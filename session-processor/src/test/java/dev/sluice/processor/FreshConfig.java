package dev.sluice.processor;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;

/** Settings for a processor that shares neither topics nor a database with other tests. */
final class FreshConfig {

    private FreshConfig() {}

    static ProcessorConfig of(Class<?> test, int partitions) {
        return of(test, TestKafka.freshTopics(test), partitions);
    }

    static ProcessorConfig of(Class<?> test, TopicNames topics, int partitions) {
        return ProcessorConfig.of(TestKafka.properties(), TestMongo.freshDatabase(test))
                .withTopics(topics)
                .withPartitions(partitions);
    }
}
