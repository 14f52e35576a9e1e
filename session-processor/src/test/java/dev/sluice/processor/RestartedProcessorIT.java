package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A restarted processor continues where the store says. */
class RestartedProcessorIT {

    private final TopicNames topics = TestKafka.freshTopics(RestartedProcessorIT.class);
    private final ProcessorUnderTest processor =
            new ProcessorUnderTest(FreshConfig.of(RestartedProcessorIT.class, topics, 1));

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void storesARedeliveredSessionOnce() {
        processor.start();
        List<Long> ids = submitSome();
        processor.stop();
        processor
                .collection("progress")
                .updateOne(new Document("_id", 0), new Document("$set", new Document("next", 2L)));

        processor.start();

        processor.awaitProgress(ids.getLast());
        assertThat(processor.collection("submissions").countDocuments()).isEqualTo(ids.size());
        processor.assertCounted("sluice.processor.redelivered").isEqualTo(3);
    }

    @Test
    void goesByTheStoreWhenKafkasOffsetsAreBehind() throws Exception {
        processor.start();
        List<Long> ids = submitSome();
        processor.stop();
        commit(0);
        long next = processor.submit(1, ProcessorUnderTest.body("next"));

        processor.start();

        processor.awaitProgress(next);
        processor.assertCounted("sluice.processor.redelivered").isZero();
        assertThat(processor.records(topics.outcomes())).hasSize(ids.size() + 1);
    }

    @Test
    void refusesALogThatEndsBeforeTheStore() {
        processor.collection("progress").insertOne(BsonDocument.parse("""
            {_id: 0, began: NumberLong(0), next: NumberLong(2), stored: NumberLong(2), duplicate: NumberLong(0),
             rejected: NumberLong(0), dead_lettered: NumberLong(0), empty: NumberLong(0)}\
            """));
        long id = processor.submit(1, ProcessorUnderTest.body("of another log"));

        processor.start();

        await().untilAsserted(() -> assertThat(processor.notReady())
                .anySatisfy(state ->
                        assertThat(state.detail()).contains("ends at offset 1", "SLUICE_IDS_BASE to 536870912")));
        assertThat(processor.stored(id)).isNull();
    }

    private List<Long> submitSome() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(processor.submit(1, ProcessorUnderTest.body("some-" + i)));
        }
        processor.awaitProgress(ids.getLast());
        assertThat(SubmissionId.of(ids.getLast()).position()).isEqualTo(4);
        return ids;
    }

    private String group() {
        return topics.prefix() + "session-processor";
    }

    private void commit(long offset) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(TestKafka.properties())) {
            admin.alterConsumerGroupOffsets(
                            group(), Map.of(new TopicPartition(topics.submissions(), 0), new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }
}
