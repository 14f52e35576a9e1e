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
 * @param json the record's value; missing if it is not JSON
 */
record OutcomeRecord(String place, JsonNode json) {

    private static final byte[] NOTHING = {};

    static OutcomeRecord of(ConsumerRecord<byte[], byte[]> record) {
        String place = "partition " + record.partition() + ", offset " + record.offset();
        byte[] value = record.value() == null ? NOTHING : record.value();
        try {
            return new OutcomeRecord(place, JsonMapper.shared().readTree(value));
        } catch (JacksonException e) {
            return new OutcomeRecord(place, MissingNode.getInstance());
        }
    }

    boolean is(OutcomeState state) {
        return json.path("state").asString("").equals(state.slug());
    }
}
