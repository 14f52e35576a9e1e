package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.ProjectKey;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.bson.BsonDocument;
import org.bson.Document;

/** Records with just the headers that matter, sent to a processor, and what it makes of them. */
record SentRecords(ProcessorUnderTest processor) {

    static final String NOTE = "\"behaviour\":\"replace\",\"confidence\":\"high\",\"findings\":[1],\"status\":\"pass\"";

    static String sessionWith(String status) {
        return "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\",\"notes\":[{\"task\":\"1-T6\",\"behaviour\":\"combine\","
                + "\"confidence\":\"low\",\"findings\":{},\"status\":\"" + status + "\"}]}";
    }

    long note(long project, String body) {
        return send(project, body, headers("analysis-note.create", "task", "T6"));
    }

    long send(long project, String body, Headers headers) {
        return processor.send(ProjectKey.of(project), body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static Headers headers(String type, String... namesAndValues) {
        Headers headers = new RecordHeaders().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    BsonDocument document(long id) {
        BsonDocument document = processor.stored(id);
        assertThat(document).isNotNull();
        return document;
    }

    BsonDocument task() {
        return processor.tasksWith(1, "T6").getDocument("tasks").getDocument("T6");
    }

    BsonDocument counts(long project) {
        BsonDocument counts = processor
                .collection("counts")
                .find(new Document("_id", project))
                .first();
        assertThat(counts).isNotNull();
        return counts;
    }
}
