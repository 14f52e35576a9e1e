package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.breaker.BreakerConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that change many documents of tasks each. */
class HeavyRecordsIT {

    private static final int GROUPS = 400;

    private final Batches batches = new Batches(HeavyRecordsIT.class, 1, new BreakerConfig(5, 0, 0));

    @AfterEach
    void close() {
        batches.close();
    }

    @Test
    void areTakenOneAtATime() {
        List<ConsumerRecord<byte[], byte[]>> records =
                LongStream.range(0, 3).mapToObj(this::heavy).toList();

        BatchProcessing.Taken taken = batches.processing().processSome(records, batches.generation(), batches::publish);

        assertThat(taken.count()).isOne();
        assertThat(batches.told()).hasSize(1);
        assertThat(batches.progress().next(Set.of(0))).containsExactly(Map.entry(0, 1L));
        batches.process(records.subList(taken.count(), records.size()));
        assertThat(batches.told()).hasSize(3);
        assertThat(batches.progress().next(Set.of(0))).containsExactly(Map.entry(0, 3L));
    }

    private ConsumerRecord<byte[], byte[]> heavy(long offset) {
        String notes = IntStream.range(0, GROUPS)
                .mapToObj(
                        "{\"task\":\"1-T%d00\",\"behaviour\":\"combine\",\"confidence\":\"low\",\"findings\":{},\"status\":\"none\"}"
                                ::formatted)
                .collect(Collectors.joining(","));
        return batches.record(
                0,
                offset,
                "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\",\"notes\":[" + notes + "]}",
                SubmissionHeaders.ofSession("e", "test", Batches.USER, null, null));
    }
}
