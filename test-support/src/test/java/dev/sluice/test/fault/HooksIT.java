package dev.sluice.test.fault;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Actions on a particular message, with real clients. */
class HooksIT {

    @Test
    void actsBeforeTheStoreHasARequestOrOnceItHasAnsweredIt() {
        try (ProxiedStore store = ProxiedStore.of(HooksIT.class)) {
            MongoCollection<Document> there = store.direct().getCollection("things");
            MongoCollection<Document> things = store.proxied().getCollection("things");
            store.hooks().at(1, "insert things", Moment.BEFORE, message -> Then.CUT);
            store.hooks().at(1, "insert things", Moment.HALFWAY, message -> Then.CUT);
            store.hooks().at(1, "update things", Moment.ANSWERED, message -> Then.CUT);

            assertThatThrownBy(() -> things.insertOne(new Document("_id", 1))).isInstanceOf(MongoSocketException.class);
            assertThatThrownBy(() -> things.insertOne(new Document("_id", 2))).isInstanceOf(MongoSocketException.class);
            things.insertOne(new Document("_id", 3).append("a", 1));
            assertThatThrownBy(() -> things.updateOne(eq(3), new Document("$set", new Document("a", 2))))
                    .isInstanceOf(MongoSocketException.class);

            assertThat(there.find()).containsExactly(new Document("_id", 3).append("a", 2));
        }
    }

    @Test
    void answersInsteadOfTheStore() {
        try (ProxiedStore store = ProxiedStore.of(HooksIT.class)) {
            MongoCollection<Document> things =
                    store.proxied().getCollection("things").withWriteConcern(WriteConcern.MAJORITY);
            store.hooks().at(1, "insert", Moment.BEFORE, MongoErrors::notPrimary);
            store.hooks().at(2, "insert", Moment.BEFORE, MongoErrors::outOfDiskSpace);
            store.hooks().at(3, "insert", Moment.BEFORE, MongoErrors::firstWriteRefused);
            Hook late = store.hooks().at(1, "insert", Moment.ANSWERED, MongoErrors::notReplicatedInTime);

            assertThatThrownBy(() -> things.insertOne(new Document("_id", 1)))
                    .isInstanceOf(MongoNotPrimaryException.class);
            assertThatThrownBy(() -> things.insertOne(new Document("_id", 2)))
                    .isInstanceOf(MongoException.class)
                    .hasMessageContaining("disk");
            assertThatThrownBy(() -> things.insertOne(new Document("_id", 3)))
                    .isInstanceOf(MongoException.class)
                    .hasMessageContaining("disk");
            assertThatThrownBy(() -> things.insertOne(new Document("_id", 4)))
                    .isInstanceOf(MongoWriteConcernException.class);

            assertThat(late.happened()).isEqualTo(1);
            assertThat(things.find()).containsExactly(new Document("_id", 4));
        }
    }

    @Test
    void letsNoClientOfKafkaFindAWayAround() throws Exception {
        TopicNames topics = TestKafka.freshTopics(HooksIT.class);
        AtomicBoolean acted = new AtomicBoolean();
        try (KafkaProxies proxies = KafkaProxies.of(TestKafka.bootstrapServers());
                Admin admin = Admin.create(Map.of("bootstrap.servers", proxies.bootstrapServers()))) {
            Hook produce = proxies.hooks().at(1, "PRODUCE", Moment.ANSWERED, message -> {
                acted.set(true);
                return Then.PASS;
            });

            admin.createTopics(List.of(new NewTopic(topics.submissions(), 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", proxies.bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>(topics.submissions(), new byte[] {1}))
                        .get(20, TimeUnit.SECONDS);
            }

            assertThat(produce.happened()).isEqualTo(1);
            assertThat(acted).isTrue();
        }
    }
}
