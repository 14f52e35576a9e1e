package dev.sluice.processor;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import java.util.Map;

/** Settings for a processor that shares neither topics nor a database with other tests. */
final class FreshConfig {

    private FreshConfig() {}

    static ProcessorConfig of(Class<?> test, int partitions) {
        return of(test, TestKafka.freshTopics(test), partitions);
    }

    static ProcessorConfig of(Class<?> test, TopicNames topics, int partitions) {
        return of(TestKafka.properties(), test, topics, partitions);
    }

    /** Connects to Kafka with the given settings. */
    static ProcessorConfig of(Map<String, Object> kafka, Class<?> test, int partitions) {
        return of(kafka, test, TestKafka.freshTopics(test), partitions);
    }

    static ProcessorConfig of(Map<String, Object> kafka, Class<?> test, TopicNames topics, int partitions) {
        return ProcessorConfig.of(kafka, TestMongo.freshDatabase(test)).withLog(LogConfig.of(topics, partitions));
    }
}
