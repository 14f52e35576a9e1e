package dev.sluice.processor.consume;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TurnsTest extends LanesUnderTest {

    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    @Test
    void giveAPartitionWithARecordThatMayTakeLongATurnOfItsOwn() throws Exception {
        addHeavy(FLOODED, 0);
        add(QUIET, 0, 1);
        add(SECOND_QUIET, 0, 1);

        assertThat(take().partitions()).containsExactly(FLOODED);
        assertThat(take().partitions()).containsExactly(QUIET, SECOND_QUIET);
    }

    @Test
    void giveAgainWhatATurnHasNotTaken() throws Exception {
        add(FLOODED, 0, 12);
        Turn first = take();
        add(QUIET, 0, 1);

        lanes.done(first, 3, Map.of());
        Turn few = take();
        Turn second = take();

        assertThat(few.partitions()).containsExactly(QUIET);
        assertThat(offsets(second)).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        done(second);
        assertThat(lanes.toPause(ALL)).isEmpty();
    }

    @Test
    void beginWithThePartitionOfWhichASharedTurnHasTakenNothing() throws Exception {
        add(FLOODED, 0, 1);
        add(QUIET, 0, 2);
        add(SECOND_QUIET, 0, 1);
        Turn shared = take();

        lanes.done(shared, 2, Map.of());
        add(FLOODED, 1, 1);

        assertThat(shared.partitions()).containsExactly(FLOODED, SECOND_QUIET, QUIET);
        assertThat(take().partitions()).containsExactly(QUIET, FLOODED);
    }

    /** Otherwise one with little could come last for ever. */
    @Test
    void haveThoseOfWhichNothingWasTakenWaitInTheOrderOfBefore() throws Exception {
        add(FLOODED, 0, 1);
        now.addAndGet(Duration.ofMillis(1).toNanos());
        add(QUIET, 0, 2);
        now.addAndGet(Duration.ofMillis(1).toNanos());
        add(SECOND_QUIET, 0, 1);
        Turn shared = take();

        lanes.done(shared, 1, Map.of());
        add(FLOODED, 1, 1);

        assertThat(shared.partitions()).containsExactly(FLOODED, SECOND_QUIET, QUIET);
        assertThat(take().partitions()).startsWith(QUIET);
    }

    @Test
    void giveNothingAgainOfAPartitionThatWasTakenAway() throws Exception {
        add(FLOODED, 0, 10);
        Turn turn = take();

        lanes.revoked(Set.of(FLOODED), Duration.ZERO);
        lanes.done(turn, 3, Map.of());
        lanes.assigned(Set.of(FLOODED));
        lanes.open(FLOODED, 3, GENERATION);
        add(FLOODED, 3, 1);

        assertThat(offsets(take())).containsExactly(3L);
    }

    @Test
    void leaveAThreadFreeOfPartitionsWhoseTurnsTakeLong() throws Exception {
        for (TopicPartition slow : List.of(FLOODED, SECOND_FLOODED)) {
            addHeavy(slow, 0);
            Turn turn = lanes.take(() -> WANTED);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            done(turn);
        }
        addHeavy(FLOODED, 1);
        addHeavy(SECOND_FLOODED, 1);
        Turn running = take();
        CompletableFuture<Turn> next = CompletableFuture.supplyAsync(this::takenNow);
        await().pollDelay(A_FEW_ROUNDS).untilAsserted(() -> assertThat(next).isNotDone());

        add(QUIET, 0, WANTED);

        assertThat(next.get(10, SECONDS).partitions()).containsExactly(QUIET);
        done(running);
        assertThat(take().partitions()).containsExactly(SECOND_FLOODED);
    }

    @Test
    void giveTheRecordsOfAPartitionInTheirOrderAndToOneTurnAtATime() throws Exception {
        add(FLOODED, 0, 25);
        add(QUIET, 0, 1);

        Turn first = take();
        Turn meanwhile = take();
        done(first);
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
        done(flood);
        Turn quiet = take();
        done(quiet);
        add(QUIET, 1, 1);
        Turn secondFlood = take();
        done(secondFlood);

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

        done(first);

        assertThat(next.get(10, SECONDS).partitions()).containsExactly(SECOND_QUIET);
    }

    @Test
    void beginNoTurnWhileThereIsNoRoomForIt() throws Exception {
        add(FLOODED, 0, 500);
        Turn full = lanes.take(() -> 500);
        add(SECOND_FLOODED, 0, 50);
        CompletableFuture<Turn> next = CompletableFuture.supplyAsync(this::takenNow);
        now.addAndGet(MOMENT.toNanos());
        await().pollDelay(A_FEW_ROUNDS).untilAsserted(() -> assertThat(next).isNotDone());

        done(full);

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
        done(take());
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
        done(other);
        assertThat(health.state().ready()).isFalse();
        done(alone);
        assertThat(health.state().ready()).isTrue();
        add(QUIET, 1, 1);
        add(SECOND_QUIET, 1, 1);
        assertThat(take().partitions()).containsExactly(QUIET, SECOND_QUIET);
    }
}
