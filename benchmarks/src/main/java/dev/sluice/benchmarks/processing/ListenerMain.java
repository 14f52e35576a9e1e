package dev.sluice.benchmarks.processing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bson.Document;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * A peer: the solution in Spring's documentation, a {@code @KafkaListener} that inserts each record into MongoDB. No
 * validation, no fold, no outcomes. Arguments: the broker, the topic, the connection string and the group.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ListenerMain {

    static final String COLLECTION = "records";

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(ListenerMain.class);
        application.setDefaultProperties(Map.of(
                "spring.kafka.bootstrap-servers", arguments[0],
                "spring.kafka.consumer.auto-offset-reset", "earliest",
                "spring.kafka.consumer.value-deserializer",
                        "org.apache.kafka.common.serialization.ByteArrayDeserializer",
                "spring.kafka.listener.concurrency", "2",
                "peer.topic", arguments[1],
                "spring.mongodb.uri", arguments[2],
                "peer.group", arguments[3]));
        application.run();
    }

    @Bean
    Inserts inserts(MongoTemplate mongo) {
        return new Inserts(mongo);
    }

    static final class Inserts {

        private final MongoTemplate mongo;

        Inserts(MongoTemplate mongo) {
            this.mongo = mongo;
        }

        @KafkaListener(topics = "${peer.topic}", groupId = "${peer.group}")
        void insert(byte[] value) {
            mongo.insert(Document.parse(new String(value, StandardCharsets.UTF_8)), COLLECTION);
        }
    }
}
