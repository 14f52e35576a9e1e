package dev.sluice.processor;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.test.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.BsonDocument;

/** A log with a record of every kind, the store as the processor left it, and two records that arrived after the processor stopped. */
final class AuditedLog implements AutoCloseable {

    static final long PROJECT = 1;

    private static final List<String> COLLECTIONS = List.of(
            "submissions", "keys", "verifications", "counts", "progress", "projection", "installation", "faults");
    private static final String NOTE = "\"behaviour\":\"combine\",\"confidence\":\"high\",\"findings\":[{\"n\":1}]";

    private final ProcessorConfig config;
    private final ProcessorUnderTest processor;
    private final Map<String, List<BsonDocument>> asItWas = new TreeMap<>();
    private final long session;
    private final long emptyPlace;
    private final long inFlight;

    AuditedLog(ProcessorConfig config) {
        this.config = config;
        this.processor = new ProcessorUnderTest(config);
        this.session = fill();
        emptyPlace = sendInTransactions();
        processor.submit(PROJECT, session("after the transactions", "pass"));
        processor.start();
        processor.awaitAll();
        processor.stop();
        inFlight = processor.submit(PROJECT, session("not processed yet", "fail"));
        processor.send(
                ProjectKey.of(PROJECT),
                bytes(session("neither", "fail")),
                SubmissionHeaders.ofSession("e", "test", ProcessorUnderTest.USER, "of one in flight", null));
        COLLECTIONS.forEach(
                name -> asItWas.put(name, processor.collection(name).find().into(new ArrayList<>())));
    }

    /** The id of a stored session with notes about the tasks T1 and T2. */
    long session() {
        return session;
    }

    /** The id of a position in the log without a record. */
    long emptyPlace() {
        return emptyPlace;
    }

    /** The id of the first unprocessed record. */
    long inFlight() {
        return inFlight;
    }

    ProcessorUnderTest processor() {
        return processor;
    }

    /** Undoes all changes to the store. */
    void restore() {
        asItWas.forEach((name, documents) -> {
            MongoCollection<BsonDocument> collection = processor.collection(name);
            if (collection.find().into(new ArrayList<>()).equals(documents)) {
                return;
            }
            collection.deleteMany(new BsonDocument());
            if (!documents.isEmpty()) {
                collection.insertMany(documents);
            }
        });
    }

    @Override
    public void close() {
        processor.close();
    }

    static String session(String ref, String status) {
        return "{\"analysis_ref\":\"" + ref
                + "\",\"analysis_type\":\"fortify\",\"extra\":{\"a\":{\"b\":1.5}},\"notes\":["
                + "{\"task\":\"1-T1\",\"status\":\"" + status + "\"," + NOTE + "},"
                + "{\"task\":\"1-T2\",\"status\":\"none\"," + NOTE + "}]}";
    }

    private long fill() {
        long first = processor.submit(PROJECT, session("first", "pass"));
        lone(first, "fail");
        processor.send(
                ProjectKey.of(PROJECT),
                bytes("{\"status\":\"partial\"," + NOTE + "}"),
                SubmissionHeaders.ofNote("e", "test", "T3", ProcessorUnderTest.USER, null, null));
        lone(7, "fail");
        for (String body : List.of("with a key", "with a key", "with another body")) {
            processor.send(
                    ProjectKey.of(2),
                    bytes("{\"analysis_ref\":\"" + body + "\",\"analysis_type\":\"webinspect\"}"),
                    SubmissionHeaders.ofSession("e", "test", ProcessorUnderTest.USER, "the-key", null));
        }
        long rejected = processor.submit(3, "{\"analysis_ref\":\"\",\"analysis_type\":\"none\"}");
        resubmit(3, rejected, "{\"analysis_ref\":\"mended\",\"analysis_type\":\"veracode\"}");
        resubmit(3, rejected, "{\"analysis_ref\":\"mended\",\"analysis_type\":\"veracode\"}");
        processor.send(ProjectKey.of(PROJECT), bytes("not JSON"), ProcessorUnderTest.sessionHeaders());
        processor.send(null, null, ProcessorUnderTest.sessionHeaders());
        return first;
    }

    private void lone(long session, String status) {
        processor.send(
                ProjectKey.of(PROJECT),
                bytes("{\"analysis_session\":" + session + ",\"status\":\"" + status + "\"," + NOTE + "}"),
                SubmissionHeaders.ofNote("e", "test", "T1", ProcessorUnderTest.USER, null, null));
    }

    private void resubmit(long project, long rejected, String body) {
        Headers headers =
                SubmissionHeaders.ofResubmission("e", ProcessorUnderTest.sessionHeaders(), SubmissionId.of(rejected));
        processor.send(ProjectKey.of(project), bytes(body), headers);
    }

    /** Sends one record that is committed and one that is aborted; returns the id of the latter. */
    private long sendInTransactions() {
        Map<String, Object> settings = new HashMap<>(TestKafka.properties());
        settings.put("transactional.id", config.topics().prefix() + "producer");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record("committed")).get();
            producer.commitTransaction();
            producer.beginTransaction();
            var aborted = producer.send(record("aborted")).get();
            producer.abortTransaction();
            awaitStable(new TopicPartition(aborted.topic(), aborted.partition()), aborted.offset());
            return new SubmissionId(aborted.partition(), aborted.offset()).value();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    // Kafka answers that a transaction has ended before it writes the mark of its end, which must not come after the
    // next record.
    private static void awaitStable(TopicPartition partition, long offset) {
        try (Admin admin = Admin.create(TestKafka.properties())) {
            await().until(() -> admin.listOffsets(
                                    Map.of(partition, OffsetSpec.latest()),
                                    new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                            .partitionResult(partition)
                            .get()
                            .offset()
                    > offset);
        }
    }

    private ProducerRecord<byte[], byte[]> record(String ref) {
        return new ProducerRecord<>(
                config.topics().submissions(),
                null,
                null,
                ProjectKey.of(PROJECT),
                bytes(session(ref, "fail")),
                ProcessorUnderTest.sessionHeaders());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
