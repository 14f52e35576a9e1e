package dev.sluice.endtoend.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.test.process.InstalledTopics;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

/**
 * The submissions topic as any consumer reads it.
 *
 * @param byReference the records' bodies by the session's reference and then by id, in log order
 */
record SubmissionsInLog(Map<String, SortedMap<Long, String>> byReference) {

    /** Reads all current records. */
    static SubmissionsInLog read(InstalledTopics topics) {
        Map<String, SortedMap<Long, String>> found = new HashMap<>();
        topics.records(topics.names().submissions()).forEach(record -> add(found, record));
        return new SubmissionsInLog(found);
    }

    /** The records of a reference by id; empty if there are none. */
    SortedMap<Long, String> of(String reference) {
        return byReference.getOrDefault(reference, new TreeMap<>());
    }

    private static void add(Map<String, SortedMap<Long, String>> found, ConsumerRecord<byte[], byte[]> record) {
        String body = new String(record.value(), UTF_8);
        String reference =
                JsonMapper.shared().readTree(body).path("analysis_ref").stringValue("");
        found.computeIfAbsent(reference, _ -> new TreeMap<>())
                .put(new SubmissionId(record.partition(), record.offset()).value(), body);
    }
}
