package dev.sluice.processor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSizeTest {

    private static final int LARGE = 1_000_000;

    @Test
    void countsKeyAndHeadersToo() {
        assertThat(RecordSize.of(record(new byte[0], new byte[LARGE], new RecordHeaders())))
                .isBetween(LARGE + 1L, LARGE + 1000L);
        assertThat(RecordSize.of(record(new byte[LARGE], null, new RecordHeaders())))
                .isBetween((long) LARGE, LARGE + 1000L);
        assertThat(RecordSize.of(record(
                        new byte[0],
                        null,
                        new RecordHeaders().add("a", new byte[LARGE]).add("b", new byte[LARGE]))))
                .isBetween(2L * LARGE, 2 * LARGE + 1000L);
    }

    @Test
    void countsMoreThanNothingForARecordOfNothing() {
        assertThat(RecordSize.of(record(null, null, new RecordHeaders()))).isPositive();
    }

    private static ConsumerRecord<byte[], byte[]> record(
            byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return new ConsumerRecord<>(
                "t",
                0,
                0,
                0,
                TimestampType.LOG_APPEND_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }
}
