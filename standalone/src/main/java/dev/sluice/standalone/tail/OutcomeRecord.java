package dev.sluice.standalone.tail;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A record of the outcomes topic.
 *
 * @param place the record's partition and offset, for people
 * @param value the record's bytes
 * @param json the value as JSON; missing if it is not JSON
 */
// Printed once and never compared.
@SuppressWarnings("ArrayRecordComponent")
record OutcomeRecord(String place, byte[] value, JsonNode json) {

    private static final byte[] NOTHING = {};

    static OutcomeRecord of(ConsumerRecord<byte[], byte[]> record) {
        String place = "partition " + record.partition() + ", offset " + record.offset();
        byte[] value = record.value() == null ? NOTHING : record.value();
        try {
            return new OutcomeRecord(place, value, JsonMapper.shared().readTree(value));
        } catch (JacksonException e) {
            return new OutcomeRecord(place, value, MissingNode.getInstance());
        }
    }

    boolean is(OutcomeState state) {
        return json.path("state").asString("").equals(state.slug());
    }
}
