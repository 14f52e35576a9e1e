package dev.sluice.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.AnotherRecordStoredException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LanesTest extends LanesUnderTest {

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
    void countWhatARecordSaysBesideItsValueToo() {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < 100_000; i++) {
            headers.add("h", null);
        }
        lanes.add(FLOODED, List.of(record(FLOODED, new byte[9 << 20], new RecordHeaders())));

        assertThat(lanes.toPause(ALL)).containsExactly(FLOODED);

        lanes.add(QUIET, List.of(record(QUIET, new byte[0], headers)));
        assertThat(lanes.toPause(ALL)).containsExactlyInAnyOrder(FLOODED, QUIET);
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
        assertThat(lanes.toOpen(ALL)).containsExactlyInAnyOrder(QUIET, SECOND_QUIET);
        assertThat(lanes.untroubled(ALL)).containsExactlyInAnyOrder(FLOODED, SECOND_FLOODED);
        lanes.open(QUIET, 0, GENERATION);
        add(QUIET, 0, 1);
        assertThat(lanes.idleInTrouble(ALL)).isEmpty();
    }

    @Test
    void giveNoTurnToAPartitionThatWasClosedWhileItsRecordsWaited() throws Exception {
        add(QUIET, 0, 1);
        add(FLOODED, 0, 1);
        add(SECOND_QUIET, 0, 1);

        lanes.failed(Set.of(QUIET), new IllegalStateException());
        lanes.assigned(Set.of(FLOODED));

        assertThat(take().partitions()).containsExactly(SECOND_QUIET);
    }

    @Test
    void forgetTheFailureOfAPartitionThatIsTakenAway() throws Exception {
        add(QUIET, 0, 1);
        lanes.failed(take(), new IllegalStateException());

        lanes.revoked(Set.of(QUIET), Duration.ZERO);

        assertThat(health.state().ready()).isTrue();
    }

    @Test
    void doNotCountTheFailureOfATurnThatItsPartitionWasTakenAwayFrom() throws Exception {
        add(QUIET, 0, 1);
        Turn former = take();
        lanes.revoked(Set.of(QUIET), Duration.ZERO);

        lanes.failed(former, new IllegalStateException());

        assertThat(health.state().ready()).isTrue();
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
    void waitForTheTurnOfAPartitionThatIsTakenAway() throws Exception {
        add(FLOODED, 0, 25);
        Turn turn = take();
        CompletableFuture<Void> revoked =
                CompletableFuture.runAsync(() -> lanes.revoked(Set.of(FLOODED), Duration.ofSeconds(30)));
        await().pollDelay(A_FEW_ROUNDS).untilAsserted(() -> assertThat(revoked).isNotDone());

        lanes.done(turn, Map.of());

        assertThat(revoked).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void doNotOpenAPartitionThatCameBackBeforeItsFormerTurnHasEnded() throws Exception {
        add(FLOODED, 0, 25);
        Turn former = take();
        lanes.revoked(Set.of(FLOODED), Duration.ZERO);
        lanes.assigned(Set.of(FLOODED));

        assertThat(lanes.toOpen(ALL)).isEmpty();
        lanes.done(former, Map.of());

        assertThat(lanes.toOpen(ALL)).containsExactly(FLOODED);
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
        Generation next = new Generation(GENERATION.database(), 2);
        add(QUIET, 0, 1);
        Turn turn = take();
        lanes.closeUnlessIn(next);

        assertThat(lanes.toOpen(ALL)).doesNotContain(QUIET).hasSize(3);
        lanes.outdated(turn);

        assertThat(lanes.toOpen(ALL)).isEqualTo(ALL);
    }

    /** A worker may find out first that another generation is live. */
    @Test
    void closeWhatWasAboutToBeProcessedInAnotherGeneration() throws Exception {
        add(QUIET, 0, 1);

        lanes.outdated(take());

        assertThat(lanes.toOpen(ALL)).containsExactly(QUIET);
    }

    @Test
    void closeAPartitionThatTheBreakerStoppedUntilItGoesOn() throws Exception {
        add(FLOODED, 0, 25);
        Turn turn = take();
        stops.put(FLOODED.partition(), 4L);

        lanes.done(turn, Map.of(FLOODED.partition(), 4L));

        assertThat(lanes.toPause(ALL)).containsExactly(FLOODED);
        assertThat(lanes.toOpen(ALL)).isEmpty();
        stops.clear();
        assertThat(lanes.toOpen(ALL)).containsExactly(FLOODED);
    }

    @Test
    void lookForTheStopAnewInAnotherGeneration() throws Exception {
        Generation next = new Generation(GENERATION.database(), 2);
        add(FLOODED, 0, 25);
        stops.put(FLOODED.partition(), 4L);
        lanes.done(take(), Map.of(FLOODED.partition(), 4L));
        lanes.closeUnlessIn(GENERATION);
        assertThat(lanes.toOpen(ALL)).isEmpty();

        lanes.closeUnlessIn(next);

        assertThat(lanes.toOpen(ALL)).contains(FLOODED);
        assertThat(lanes.open(FLOODED, 2, next)).isTrue();
    }

    @Test
    void closeForGoodTheOnePartitionOfATurnThatTheStoreHasAnotherRecordOf() throws Exception {
        add(QUIET, 0, 1);
        add(SECOND_QUIET, 0, 1);

        lanes.failed(take(), new AnotherRecordStoredException(new SubmissionId(QUIET.partition(), 0)));

        assertThat(health.state().detail()).contains("partition 2 has another record under id 258", "sluice rebuild");
        rest();
        assertThat(lanes.toOpen(ALL)).containsExactly(SECOND_QUIET);
        assertThat(lanes.open(SECOND_QUIET, 0, GENERATION)).isTrue();
        assertThat(lanes.toOpen(ALL)).isEmpty();
        lanes.assigned(Set.of(QUIET));
        assertThat(lanes.toOpen(ALL)).contains(QUIET);
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

    @Test
    void openNothingBehindWhereTheLogLostItsEnd() {
        lanes.diverged(FLOODED, 3, new IllegalStateException());
        rest();

        assertThatThrownBy(() -> lanes.open(FLOODED, 4, GENERATION))
                .isInstanceOf(LogEndsBeforeProgressException.class)
                .hasMessageContaining("from offset 3 on");
        assertThat(lanes.toOpen(ALL)).isEmpty();
        lanes.assigned(Set.of(FLOODED));
        assertThat(lanes.open(FLOODED, 4, GENERATION)).isTrue();
    }

    @Test
    void openWhatTheStoreHasNotComeTo() {
        lanes.diverged(FLOODED, 3, new IllegalStateException());
        rest();

        assertThat(lanes.open(FLOODED, 3, GENERATION)).isTrue();
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, byte[] key, Headers headers) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                0,
                0,
                TimestampType.LOG_APPEND_TIME,
                key.length,
                0,
                key,
                new byte[0],
                headers,
                Optional.empty());
    }
}
