package dev.sluice.processor.batch;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.outcome.AcknowledgedSends;
import dev.sluice.processor.outcome.DeadLetter;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.outcome.KafkaOutcomes;
import dev.sluice.processor.outcome.OneProducer;
import dev.sluice.processor.outcome.SubmissionOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is published of records, kept as Kafka would receive it. */
final class PublishedOutcomes implements ProcessingListener, AutoCloseable {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final OneProducer producers = new OneProducer(producer);

    @Override
    public void publish(Generation in, List<DeadLetter> letters, List<SubmissionOutcome> outcomes) {
        AcknowledgedSends sends = new AcknowledgedSends(producers, Duration.ofSeconds(10));
        new KafkaDeadLetters(sends, "dead-letters").send(letters);
        new KafkaOutcomes(sends, "outcomes", IdBase.NONE).send(outcomes);
    }

    /** The published states by id. */
    Map<Long, String> states() {
        Map<Long, String> states = new TreeMap<>();
        all().forEach((id, told) -> states.put(id, told.get("state").stringValue()));
        return states;
    }

    /** The published changes of tasks by submission id, as {@code 1-T6 null fail}. */
    Map<Long, List<String>> verifications() {
        Map<Long, List<String>> verifications = new TreeMap<>();
        all().forEach((id, told) -> {
            if (told.has("verifications")) {
                verifications.put(
                        id,
                        told.get("verifications")
                                .valueStream()
                                .map(change -> change.get("task").stringValue() + " "
                                        + change.get("from").asString("null") + " "
                                        + change.get("to").stringValue())
                                .toList());
            }
        });
        return verifications;
    }

    Set<Long> ids() {
        return all().keySet();
    }

    /** The published outcomes by id; repetitions must be identical. */
    private Map<Long, JsonNode> all() {
        Map<String, String> byEvent = new HashMap<>();
        Map<Long, JsonNode> byId = new TreeMap<>();
        for (ProducerRecord<byte[], byte[]> record : producer.history()) {
            if (record.topic().equals("outcomes")) {
                String told = new String(record.value(), StandardCharsets.UTF_8);
                String event = SubmissionHeaders.text(record.headers(), "ce_id").orElseThrow();
                String before = byEvent.put(event, told);
                if (before != null && !before.equals(told)) {
                    throw new AssertionError(told + " was " + before + " before");
                }
                JsonNode json = JsonMapper.shared().readTree(told);
                byId.put(json.get("id").longValue(), json);
            }
        }
        return byId;
    }

    @Override
    public void close() {
        producers.destroy();
    }
}
