package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.store.BsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ChunkTest {

    private static final int FULL_BYTES = 4 * 1024 * 1024;

    private final Chunk chunk =
            new Chunk(SubmissionFuzz.reader(), IdBase.NONE, _ -> Optional.empty(), new BsonBuffer());

    @Test
    void isFullOfErrorsToo() {
        long errors = 0;
        for (int offset = 0; !chunk.isFull(); offset++) {
            chunk.add(rejected(0, offset));
            errors += switch (chunk.records().getLast().reading()) {
                case Reading.Faulty(byte[] json) -> json.length;
                case Reading.Session _, Reading.LoneNote _, Reading.Unreadable _ ->
                    throw new AssertionError("expected a rejected session");
            };
        }

        assertThat(errors).isBetween((long) FULL_BYTES, FULL_BYTES + 1024L * 1024);
    }

    @Test
    void keepsNothingOfARecordThatItFailsOn() {
        int withoutIds = SubmissionId.MAX_PARTITIONS;

        for (int times = 0; times < 100; times++) {
            assertThatIllegalArgumentException().isThrownBy(() -> chunk.add(rejected(withoutIds, 0)));
        }

        assertThat(chunk.isEmpty()).isTrue();
        assertThat(chunk.isFull()).isFalse();
    }

    /** Each of a hundred notes has every error that it can have. */
    private static ConsumerRecord<byte[], byte[]> rejected(int partition, long offset) {
        String wrong = "x".repeat(200);
        String note = IntStream.range(0, 100)
                .mapToObj(_ -> "{\"task\":\"%1$s\",\"behaviour\":\"%1$s\",\"confidence\":\"%1$s\",\"status\":\"%1$s\"}"
                        .formatted(wrong))
                .collect(Collectors.joining(","));
        byte[] key = ProjectKey.of(1);
        byte[] body = ("{\"notes\":[" + note + "]}").getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                "submissions",
                partition,
                offset,
                0,
                TimestampType.LOG_APPEND_TIME,
                key.length,
                body.length,
                key,
                body,
                SubmissionHeaders.ofSession("e", "test", new User(7, "", "", ""), null, null),
                Optional.empty());
    }
}
