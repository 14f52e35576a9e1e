package dev.sluice.processor.consume;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTest extends LanesUnderTest {

    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

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
    void giveAPartitionThatFailsFewerRecordsUntilTheOneThatFailsIsAlone() throws Exception {
        add(FLOODED, 0, 10);
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Turn turn = take();
            sizes.add(turn.records().size());
            lanes.failed(turn, new IllegalStateException());
            now.addAndGet(LONGEST_REST.toNanos());
            lanes.open(FLOODED, 0, GENERATION);
            add(FLOODED, 0, 10);
        }

        assertThat(sizes).containsExactly(10, 5, 2, 1, 1);
        lanes.done(take(), Map.of());
        assertThat(offsets(take())).hasSize(9).startsWith(1L);
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
}
