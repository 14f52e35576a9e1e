package dev.sluice.processor.consume;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

class LanesTest {

    // It is never asked anything.
    private static final MongoClient STORE = MongoClients.create("mongodb://127.0.0.1:1");
    private static final Generation GENERATION = Generation.first(new MongoTemplate(STORE, "none"));
    private static final TopicPartition FLOODED = partition(0);
    private static final TopicPartition SECOND_FLOODED = partition(1);
    private static final TopicPartition QUIET = partition(2);
    private static final TopicPartition SECOND_QUIET = partition(3);
    private static final Set<TopicPartition> ALL = Set.of(FLOODED, SECOND_FLOODED, QUIET, SECOND_QUIET);
    private static final int WANTED = 10;
    // Of 40 records without a value.
    private static final long MOST_TURN_BYTES = 40 * 512;
    private static final Duration MOMENT = Duration.ofMillis(10);
    private static final Duration A_FEW_ROUNDS = Duration.ofMillis(50);

    private final Map<Integer, Long> stops = new HashMap<>();
    private final AtomicLong now = new AtomicLong();
    private final ConsumptionHealth health = new ConsumptionHealth();
    private final Lanes lanes =
            new Lanes(partition -> stops.getOrDefault(partition, Long.MAX_VALUE), health, now::get, MOST_TURN_BYTES);

    @BeforeEach
    void openAll() {
        lanes.assigned(ALL);
        ALL.forEach(partition -> lanes.open(partition, 0, GENERATION));
    }

    @AfterAll
    static void closeStore() {
        STORE.close();
    }

    @Test
    void giveTheRecordsOfAPartitionInTheirOrderAndToOneTurnAtATime() throws Exception {
        add(FLOODED, 0, 25);
        add(QUIET, 0, 1);

        Turn first = take();
        Turn meanwhile = take();
        lanes.done(first, Map.of());
        Turn second = take();

        assertThat(offsets(first)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(meanwhile.partitions()).containsExactly(QUIET);
        assertThat(offsets(second)).containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
    }

    @Test
    void giveAllThatHaveFewOneTurnTogether() throws Exception {
        add(QUIET, 0, 2);
        add(FLOODED, 0, 30);
        add(SECOND_QUIET, 0, 3);

        Turn turn = take();

        assertThat(turn.partitions()).containsExactly(QUIET, SECOND_QUIET);
        assertThat(turn.records()).hasSize(5);
    }

    @Test
    void letThoseThatHaveFewWaitForOneTurnOfAFloodAtMostAndFloodsForOneOfTheirs() throws Exception {
        add(FLOODED, 0, 100);
        add(SECOND_FLOODED, 0, 100);
        Turn flood = take();
        add(QUIET, 0, 1);
        lanes.done(flood, Map.of());
        Turn quiet = take();
        lanes.done(quiet, Map.of());
        add(QUIET, 1, 1);
        Turn secondFlood = take();
        lanes.done(secondFlood, Map.of());

        assertThat(quiet.partitions()).containsExactly(QUIET);
        assertThat(secondFlood.partitions()).containsExactly(SECOND_FLOODED);
        assertThat(take().partitions()).containsExactly(QUIET);
    }

    @Test
    void haveFewWaitForMoreForAMomentWhileOthersAreProcessed() throws Exception {
        add(QUIET, 0, 1);
        lanes.take(() -> WANTED);
        add(SECOND_QUIET, 0, 1);
        CompletableFuture<Turn> next = CompletableFuture.supplyAsync(this::takenNow);
        await().pollDelay(A_FEW_ROUNDS).untilAsserted(() -> assertThat(next).isNotDone());

        add(FLOODED, 0, 1);
        now.addAndGet(MOMENT.toNanos());

        assertThat(next.get(10, SECONDS).partitions()).containsExactly(SECOND_QUIET, FLOODED);
    }

    @Test
    void haveFewWaitNoLongerThanUntilNothingIsProcessed() throws Exception {
        add(QUIET, 0, 1);
        Turn first = lanes.take(() -> WANTED);
        add(SECOND_QUIET, 0, 1);
        CompletableFuture<Turn> next = CompletableFuture.supplyAsync(this::takenNow);

        lanes.done(first, Map.of());

        assertThat(next.get(10, SECONDS).partitions()).containsExactly(SECOND_QUIET);
    }

    @Test
    void beginNoTurnWhileThereIsNoRoomForIt() throws Exception {
        add(FLOODED, 0, 50);
        Turn full = lanes.take(() -> 50);
        add(SECOND_FLOODED, 0, 50);
        CompletableFuture<Turn> next = CompletableFuture.supplyAsync(this::takenNow);
        now.addAndGet(MOMENT.toNanos());
        await().pollDelay(A_FEW_ROUNDS).untilAsserted(() -> assertThat(next).isNotDone());

        lanes.done(full, Map.of());

        assertThat(next.get(10, SECONDS).partitions()).containsExactly(SECOND_FLOODED);
    }

    @Test
    void doNotHaveManyWaitForMore() throws Exception {
        add(QUIET, 0, 1);
        lanes.take(() -> WANTED);
        add(FLOODED, 0, 30);

        assertThat(lanes.take(() -> WANTED).partitions()).containsExactly(FLOODED);
    }

    @Test
    void haveWhatIsFullPausedAndTheOthersNot() throws Exception {
        add(FLOODED, 0, 17_000);

        assertThat(lanes.toPause(ALL)).containsExactly(FLOODED);

        Turn all = lanes.take(() -> 17_000);
        assertThat(lanes.toPause(ALL)).containsExactly(FLOODED);
        lanes.done(all, Map.of());
        assertThat(lanes.toPause(ALL)).isEmpty();
    }

    @Test
    void openAPartitionThatFailedAgainAfterARestAndForgetWhatWaited() throws Exception {
        add(QUIET, 0, 1);
        add(SECOND_QUIET, 0, 1);
        Turn turn = take();
        add(QUIET, 1, 1);

        lanes.failed(turn, new IllegalStateException());

        assertThat(lanes.toPause(ALL)).containsExactlyInAnyOrder(QUIET, SECOND_QUIET);
        assertThat(lanes.toOpen(ALL)).isEmpty();
        assertThat(health.state().ready()).isFalse();
        rest();
        assertThat(lanes.toOpen(ALL)).hasSize(1).isSubsetOf(QUIET, SECOND_QUIET);
    }

    @Test
    void giveAPartitionThatFailedATurnOfItsOwnUntilItGetsOn() throws Exception {
        add(QUIET, 0, 1);
        lanes.failed(take(), new IllegalStateException());
        rest();
        lanes.open(QUIET, 0, GENERATION);
        add(QUIET, 0, 1);
        add(SECOND_QUIET, 0, 1);

        Turn alone = take();
        Turn other = take();

        assertThat(alone.partitions()).containsExactly(QUIET);
        assertThat(other.partitions()).containsExactly(SECOND_QUIET);
        lanes.done(other, Map.of());
        assertThat(health.state().ready()).isFalse();
        lanes.done(alone, Map.of());
        assertThat(health.state().ready()).isTrue();
        add(QUIET, 1, 1);
        add(SECOND_QUIET, 1, 1);
        assertThat(take().partitions()).containsExactly(QUIET, SECOND_QUIET);
    }

    @Test
    void doNotWaitForARecordOfAPartitionThatFailedAndIsAtItsEnd() throws Exception {
        add(QUIET, 0, 1);
        lanes.failed(take(), new IllegalStateException());
        rest();

        lanes.open(QUIET, 1, GENERATION);

        assertThat(lanes.idleInTrouble(ALL)).containsExactly(QUIET);
        lanes.caughtUp(QUIET);
        assertThat(health.state().ready()).isTrue();
        assertThat(lanes.idleInTrouble(ALL)).isEmpty();
    }

    @Test
    void waitForTheTurnOfAPartitionThatIsTakenAwayAndTellHowFarItCame() throws Exception {
        add(FLOODED, 0, 25);
        Turn turn = take();
        CompletableFuture<Map<TopicPartition, Long>> revoked =
                CompletableFuture.supplyAsync(() -> lanes.revoked(Set.of(FLOODED), Duration.ofSeconds(30)));

        assertThat(revoked).isNotDone();
        lanes.done(turn, Map.of());

        assertThat(revoked.get()).containsExactly(Map.entry(FLOODED, 10L));
        assertThat(lanes.takePassed()).isEmpty();
    }

    @Test
    void doNotOpenAPartitionThatCameBackBeforeItsFormerTurnHasEnded() throws Exception {
        add(FLOODED, 0, 25);
        Turn former = take();
        assertThat(lanes.revoked(Set.of(FLOODED), Duration.ZERO)).isEmpty();
        lanes.assigned(Set.of(FLOODED));

        assertThat(lanes.toOpen(ALL)).isEmpty();
        lanes.done(former, Map.of());

        assertThat(lanes.toOpen(ALL)).containsExactly(FLOODED);
        assertThat(lanes.takePassed()).isEmpty();
    }

    @Test
    void closeAPartitionForGoodWhoseLogGoesBack() {
        add(QUIET, 5, 1);

        add(QUIET, 3, 1);

        assertThat(health.state().detail()).contains("was at offset 6 and now gives offset 3");
        lanes.open(QUIET, 6, GENERATION);
        assertThat(lanes.toPause(ALL)).containsExactly(QUIET);
        lanes.assigned(Set.of(QUIET));
        assertThat(lanes.toOpen(ALL)).containsExactly(QUIET);
    }

    @Test
    void closeWhatIsOpenInAnotherGeneration() throws Exception {
        Generation next = new Generation(GENERATION.mongo(), 2);
        add(QUIET, 0, 1);
        Turn turn = take();
        lanes.closeUnlessIn(next);

        assertThat(lanes.toOpen(ALL)).doesNotContain(QUIET).hasSize(3);
        lanes.outdated(turn);

        assertThat(lanes.toOpen(ALL)).isEqualTo(ALL);
    }

    @Test
    void tellHowFarAPartitionCameThatTheBreakerStopped() throws Exception {
        add(FLOODED, 0, 25);
        Turn turn = take();
        stops.put(FLOODED.partition(), 4L);

        lanes.done(turn, Map.of(FLOODED.partition(), 4L));

        assertThat(lanes.takePassed()).containsExactly(Map.entry(FLOODED, 4L));
        assertThat(lanes.toPause(ALL)).containsExactly(FLOODED);
        assertThat(lanes.toOpen(ALL)).isEmpty();
        stops.clear();
        assertThat(lanes.toOpen(ALL)).containsExactly(FLOODED);
    }

    @Test
    void openAStoppedPartitionThatHasNotComeToItsStop() throws Exception {
        stops.put(FLOODED.partition(), 4L);
        add(FLOODED, 0, 25);
        lanes.failed(take(), new IllegalStateException());
        rest();

        assertThat(lanes.toOpen(ALL)).containsExactly(FLOODED);
        assertThat(lanes.open(FLOODED, 3, GENERATION)).isTrue();
        assertThat(lanes.toPause(ALL)).isEmpty();
        add(FLOODED, 3, 1);
        assertThat(lanes.toPause(ALL)).containsExactly(FLOODED);
        lanes.done(take(), Map.of());
        stops.clear();
        assertThat(lanes.toPause(ALL)).isEmpty();
    }

    @Test
    void doNotOpenAStoppedPartitionAtItsStop() throws Exception {
        stops.put(FLOODED.partition(), 4L);
        lanes.assigned(Set.of(FLOODED));

        assertThat(lanes.open(FLOODED, 4, GENERATION)).isFalse();

        assertThat(lanes.toOpen(ALL)).isEmpty();
        assertThat(lanes.toPause(ALL)).containsExactly(FLOODED);
        stops.clear();
        assertThat(lanes.toOpen(ALL)).containsExactly(FLOODED);
    }

    private Turn take() throws InterruptedException {
        now.addAndGet(MOMENT.toNanos());
        return lanes.take(() -> WANTED);
    }

    private Turn takenNow() {
        try {
            return lanes.take(() -> WANTED);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What failed once rests for a quarter of a second. */
    private void rest() {
        now.addAndGet(Duration.ofMillis(250).toNanos());
    }

    private void add(TopicPartition partition, long offset, int count) {
        lanes.add(
                partition,
                LongStream.range(offset, offset + count)
                        .mapToObj(one -> new ConsumerRecord<>(
                                partition.topic(), partition.partition(), one, new byte[0], new byte[0]))
                        .toList());
    }

    private static List<Long> offsets(Turn turn) {
        return turn.records().stream().map(ConsumerRecord::offset).toList();
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("submissions", number);
    }
}
