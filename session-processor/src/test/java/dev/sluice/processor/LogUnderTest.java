package dev.sluice.processor;

import dev.sluice.contract.access.User;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.topic.KafkaTopics;
import dev.sluice.test.process.InstalledTopics;
import dev.sluice.test.topics.TopicSchema;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What goes into a processor through its log, and what comes out on its other topics. */
class LogUnderTest implements AutoCloseable {

    static final User USER = new User(7, "bob@example.com", "Bob", "Smith");
    private static final List<TopicSchema> OUTCOME =
            List.of(TopicSchema.current("analysis-outcome"), TopicSchema.published("analysis-outcome", 1));

    final ProcessorConfig config;
    private final KafkaProducer<byte[], byte[]> producer;

    LogUnderTest(ProcessorConfig config) {
        this.config = config;
        KafkaTopics.ensure(config.kafka(), config.topics(), config.log().partitions(), (short) 1);
        this.producer = new KafkaProducer<>(config.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static String body(String ref) {
        return "{\"analysis_ref\":\"" + ref
                + "\",\"analysis_type\":\"fortify\",\"extra\":{\"n\":1.50,\"$ref\":[1e400]}}";
    }

    long submit(long project, String body) {
        return send(ProjectKey.of(project), body.getBytes(StandardCharsets.UTF_8), sessionHeaders());
    }

    /** Sends a session's record with the time that it has in another log. */
    void copy(Instant received, long project, String body) throws Exception {
        producer.send(new ProducerRecord<>(
                        config.topics().submissions(),
                        null,
                        received.toEpochMilli(),
                        ProjectKey.of(project),
                        body.getBytes(StandardCharsets.UTF_8),
                        sessionHeaders()))
                .get();
    }

    static Headers sessionHeaders() {
        return SubmissionHeaders.ofSession("e", "test", USER, null, null);
    }

    /** Sends a record and returns its id. */
    long send(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return send(null, key, value, headers);
    }

    /** Sends a record to the given partition, or to the one of its key, and returns its id. */
    long send(@Nullable Integer partition, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        try {
            var metadata = producer.send(
                            new ProducerRecord<>(config.topics().submissions(), partition, null, key, value, headers))
                    .get();
            return config.log()
                    .ids()
                    .idOf(metadata.partition(), metadata.offset())
                    .value();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All records on a topic now. Outcomes are checked against the current and the published version of their schema. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new InstalledTopics(config.kafka(), config.topics()).records(topic);
        if (topic.equals(config.topics().outcomes())) {
            all.forEach(outcome -> OUTCOME.forEach(schema -> schema.assertConforms(outcome.value())));
        }
        return all;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
