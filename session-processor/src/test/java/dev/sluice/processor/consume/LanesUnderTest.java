package dev.sluice.processor.consume;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;

/** Four open partitions, and a clock that moves only when the test moves it. */
abstract class LanesUnderTest {

    static final Generation GENERATION = generation();
    static final TopicPartition FLOODED = partition(0);
    static final TopicPartition SECOND_FLOODED = partition(1);
    static final TopicPartition QUIET = partition(2);
    static final TopicPartition SECOND_QUIET = partition(3);
    static final Set<TopicPartition> ALL = Set.of(FLOODED, SECOND_FLOODED, QUIET, SECOND_QUIET);
    static final int WANTED = 10;
    // The size of 40 records without a value.
    static final long MOST_TURN_BYTES = 40 * 512;
    static final Duration MOMENT = Duration.ofMillis(10);
    static final Duration A_FEW_ROUNDS = Duration.ofMillis(50);

    final Map<Integer, Long> stops = new HashMap<>();
    final AtomicLong now = new AtomicLong();
    final ConsumptionHealth health = new ConsumptionHealth();
    final Lanes lanes =
            new Lanes(partition -> stops.getOrDefault(partition, Long.MAX_VALUE), health, now::get, MOST_TURN_BYTES);

    @BeforeEach
    void openAll() {
        lanes.assigned(ALL);
        ALL.forEach(partition -> lanes.open(partition, 0, GENERATION));
    }

    Turn take() throws InterruptedException {
        now.addAndGet(MOMENT.toNanos());
        return lanes.take(() -> WANTED);
    }

    Turn takenNow() {
        try {
            return lanes.take(() -> WANTED);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Moves the clock by a quarter of a second, the pause after a first failure. */
    void rest() {
        now.addAndGet(Duration.ofMillis(250).toNanos());
    }

    void add(TopicPartition partition, long offset, int count) {
        lanes.add(
                partition,
                LongStream.range(offset, offset + count)
                        .mapToObj(one -> new ConsumerRecord<>(
                                partition.topic(), partition.partition(), one, new byte[0], new byte[0]))
                        .toList());
    }

    static List<Long> offsets(Turn turn) {
        return turn.records().stream().map(ConsumerRecord::offset).toList();
    }

    static TopicPartition partition(int number) {
        return new TopicPartition("submissions", number);
    }

    /** A generation of a store that is never queried. */
    private static Generation generation() {
        try (MongoClient store = MongoClients.create("mongodb://127.0.0.1:1")) {
            return Generation.first(store.getDatabase("none"));
        }
    }
}
