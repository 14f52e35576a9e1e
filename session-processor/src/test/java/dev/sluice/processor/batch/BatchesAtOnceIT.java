package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several threads each process one partition at a time, without mixing up the state of one with that of another. */
class BatchesAtOnceIT {

    private static final int THREADS = 2;
    private static final int BATCHES = 50;
    private static final int PAIRS = 10;

    private final Batches batches = new Batches(BatchesAtOnceIT.class, THREADS, BreakerConfig.OFF);

    @AfterEach
    void close() {
        batches.close();
    }

    @Test
    void storeEveryNoteThatNamesASessionOfItsPartition() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                int partition = i;
                all.add(threads.submit(() -> processAll(partition)));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }

        assertThat(batches.told())
                .hasSize(THREADS * BATCHES * PAIRS * 2)
                .noneMatch(told -> told.outcome() instanceof Outcome.Rejected);
    }

    private void processAll(int partition) {
        for (int batch = 0; batch < BATCHES; batch++) {
            batches.process(pairs(partition, batch * 2L * PAIRS));
        }
    }

    /** Sessions, each followed by a note that names it. */
    private List<ConsumerRecord<byte[], byte[]>> pairs(int partition, long from) {
        List<ConsumerRecord<byte[], byte[]>> pairs = new ArrayList<>();
        for (long offset = from; offset < from + 2L * PAIRS; offset += 2) {
            pairs.add(batches.record(
                    partition,
                    offset,
                    "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}",
                    SubmissionHeaders.ofSession("e", "test", Batches.USER, null, null)));
            pairs.add(batches.record(
                    partition,
                    offset + 1,
                    "{\"behaviour\":\"combine\",\"confidence\":\"high\",\"findings\":[],\"status\":\"fail\","
                            + "\"analysis_session\":" + new SubmissionId(partition, offset).value() + "}",
                    SubmissionHeaders.ofNote("e", "test", "T" + (partition + 1), Batches.USER, null, null)));
        }
        return pairs;
    }
}
