package dev.sluice.examples.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TalliesTest {

    @ParameterizedTest
    @ValueSource(strings = {"7d1a0c", "a-b", "-", "1-99999999999999999999"})
    void passesOverARecordWhoseIdIsNotOneOfSluices(String id, @TempDir Path folder) throws Exception {
        Tallies tallies = Tallies.load(folder.resolve("none"));
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("outcomes", 0, 41, bytes("1"), bytes("{\"project\":1,\"state\":\"stored\"}"));
        record.headers().add("ce_id", bytes(id));

        tallies.take(record);

        assertThat(tallies.next(0)).isEqualTo(42);
        assertThat(tallies.byProject()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1-7, 1, ", "1-7, , {}", ", 1, {}"})
    void passesOverARecordThatLacksSomething(
            @Nullable String id, @Nullable String key, @Nullable String value, @TempDir Path folder) throws Exception {
        Tallies tallies = Tallies.load(folder.resolve("none"));
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("outcomes", 0, 41, bytes(key), bytes(value));
        if (id != null) {
            record.headers().add("ce_id", bytes(id));
        }

        tallies.take(record);

        assertThat(tallies.next(0)).isEqualTo(42);
        assertThat(tallies.byProject()).isEmpty();
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
