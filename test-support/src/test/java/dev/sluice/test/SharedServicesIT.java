package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.contract.topic.TopicNames;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class SharedServicesIT {

    @Test
    void givesABrokerOnWhichTopicsCanBeMade() throws Exception {
        TopicNames topics = TestKafka.freshTopics(SharedServicesIT.class);

        try (Admin admin = Admin.create(TestKafka.properties())) {
            admin.createTopics(List.of(new NewTopic(topics.submissions(), 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);

            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains(topics.submissions());
        }
    }

    @Test
    void givesAStoreWithADatabaseOfItsOwn() {
        String uri = TestMongo.freshDatabase(SharedServicesIT.class);

        try (MongoClient client = MongoClients.create(uri)) {
            client.getDatabase(new com.mongodb.ConnectionString(uri).getDatabase())
                    .getCollection("c")
                    .insertOne(new Document("_id", 1));
        }

        assertThat(uri).isNotEqualTo(TestMongo.freshDatabase(SharedServicesIT.class));
    }
}
