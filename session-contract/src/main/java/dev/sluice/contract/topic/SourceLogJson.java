package dev.sluice.contract.topic;

import dev.sluice.contract.id.IdBase;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log that a store is filled from as JSON, as it is in the installation topic under the key {@value #KEY}: {@code {"topic":
 * "rDUgV5B_SyiFc3HfvKlPCw", "partitions": 12, "ids_base": 0}}.
 */
public final class SourceLogJson {

    public static final String KEY = "log";

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final String TOPIC = "topic";
    private static final String PARTITIONS = "partitions";
    private static final String IDS_BASE = "ids_base";

    private SourceLogJson() {}

    public static byte[] write(SourceLog log) {
        return JSON.writeValueAsBytes(JSON.createObjectNode()
                .put(TOPIC, log.topic())
                .put(PARTITIONS, log.partitions())
                .put(IDS_BASE, log.ids().value()));
    }

    /** Ignores unknown fields; throws an {@link IllegalArgumentException} with the reason if {@link #write} did not write the value. */
    public static SourceLog read(byte[] value) {
        JsonNode node;
        try {
            node = JSON.readTree(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        }
        JsonNode topic = node.path(TOPIC);
        JsonNode partitions = node.path(PARTITIONS);
        JsonNode ids = node.path(IDS_BASE);
        if (!topic.isString() || !partitions.canConvertToInt() || !ids.isIntegralNumber() || !ids.canConvertToLong()) {
            throw new IllegalArgumentException(
                    "it has not the text " + TOPIC + " and the whole numbers " + PARTITIONS + " and " + IDS_BASE);
        }
        return new SourceLog(topic.stringValue(), partitions.intValue(), new IdBase(ids.longValue()));
    }
}
