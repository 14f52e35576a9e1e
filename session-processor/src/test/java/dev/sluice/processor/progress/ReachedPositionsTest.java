package dev.sluice.processor.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.generation.Generation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReachedPositionsTest {

    // Never queried.
    private static final MongoClient STORE = MongoClients.create("mongodb://127.0.0.1:1");
    private static final Generation FIRST = Generation.first(STORE.getDatabase("none"));
    private static final Generation SECOND = new Generation(FIRST.database(), FIRST.number() + 1);
    private static final Duration AT_ONCE = Duration.ZERO;

    private final ReachedPositions reached = new ReachedPositions();

    @AfterAll
    static void closeStore() {
        STORE.close();
    }

    @Test
    void wakeThoseWhosePlaceIsReachedAndNobodyElse() throws Exception {
        try (ReachedPositions.Awaited last = reached.expect(FIRST, place(1, 7));
                ReachedPositions.Awaited first = reached.expect(FIRST, place(1, 5));
                ReachedPositions.Awaited second = reached.expect(FIRST, place(1, 6));
                ReachedPositions.Awaited elsewhere = reached.expect(FIRST, place(2, 0))) {
            reached.advance(FIRST, Map.of(1, 0L), Map.of(1, 7L));

            assertThat(first.await(AT_ONCE)).isTrue();
            assertThat(second.await(AT_ONCE)).isTrue();
            assertThat(last.await(AT_ONCE)).isFalse();
            assertThat(elsewhere.await(AT_ONCE)).isFalse();
        }
    }

    @Test
    void wakeWhoeverElseWaitsForTheSamePlaceWhenOneHasGivenUp() throws Exception {
        try (ReachedPositions.Awaited other = reached.expect(FIRST, place(1, 5))) {
            reached.expect(FIRST, place(1, 5)).close();

            reached.advance(FIRST, Map.of(1, 5L), Map.of(1, 6L));

            assertThat(other.await(AT_ONCE)).isTrue();
            assertThat(reached.waiting()).isOne();
        }
        assertThat(reached.waiting()).isZero();
    }

    /** A restored store lacks earlier records, and callers that wait for one wait until it is processed again. */
    @Test
    void wakeNobodyForWhatIsBeforeAllThatWasReachedNow() throws Exception {
        try (ReachedPositions.Awaited lost = reached.expect(FIRST, place(1, 6));
                ReachedPositions.Awaited latest = reached.expect(FIRST, place(1, 7))) {
            reached.advance(FIRST, Map.of(1, 7L), Map.of(1, 8L));
            assertThat(latest.await(AT_ONCE)).isTrue();
            assertThat(lost.await(AT_ONCE)).isFalse();

            reached.advance(FIRST, Map.of(1, 5L), Map.of(1, 7L));

            assertThat(lost.await(AT_ONCE)).isTrue();
        }
    }

    @Test
    void doNotCountWhatWasReachedBeforeSomebodyWaited() throws Exception {
        reached.assigned(List.of(1));
        reached.advance(FIRST, Map.of(1, 0L), Map.of(1, 7L));

        try (ReachedPositions.Awaited awaited = reached.expect(FIRST, place(1, 5))) {
            assertThat(awaited.await(AT_ONCE)).isFalse();
            assertThat(awaited.isOwn()).isFalse();
        }
    }

    @Test
    void tellWhatIsAheadInAPartitionOfTheirOwnOnceAnythingOfItWasReached() {
        assertThat(reached.isAhead(FIRST, place(1, 7))).isFalse();
        reached.assigned(List.of(1));
        assertThat(reached.isAhead(FIRST, place(1, 7))).isFalse();

        reached.advance(FIRST, Map.of(1, 0L), Map.of(1, 7L));
        reached.advance(FIRST, Map.of(1, 0L), Map.of(1, 6L));

        assertThat(reached.isAhead(FIRST, place(1, 7))).isTrue();
        assertThat(reached.expect(FIRST, place(1, 7)).isOwn()).isTrue();
        assertThat(reached.isAhead(FIRST, place(1, 6))).isFalse();
        assertThat(reached.isAhead(SECOND, place(1, 7))).isFalse();
    }

    @Test
    void tellNothingOfAPartitionThatAnotherProcessMayHave() throws Exception {
        reached.assigned(List.of(1));
        reached.advance(FIRST, Map.of(1, 0L), Map.of(1, 7L));
        reached.revoked(List.of(1));
        try (ReachedPositions.Awaited awaited = reached.expect(FIRST, place(1, 7))) {
            reached.advance(FIRST, Map.of(1, 7L), Map.of(1, 8L));

            assertThat(awaited.isOwn()).isFalse();
            assertThat(awaited.await(AT_ONCE)).isTrue();
        }
        assertThat(reached.isAhead(FIRST, place(1, 8))).isFalse();
    }

    @Test
    void areOfTheLatestGenerationOnly() throws Exception {
        reached.assigned(List.of(1));
        reached.advance(FIRST, Map.of(1, 0L), Map.of(1, 7L));
        try (ReachedPositions.Awaited former = reached.expect(FIRST, place(1, 7));
                ReachedPositions.Awaited latest = reached.expect(SECOND, place(1, 7))) {
            reached.advance(FIRST, Map.of(1, 7L), Map.of(1, 9L));
            assertThat(latest.await(AT_ONCE)).isFalse();

            reached.advance(SECOND, Map.of(1, 7L), Map.of(1, 8L));

            assertThat(latest.await(AT_ONCE)).isTrue();
            assertThat(former.await(AT_ONCE)).isFalse();
        }
        assertThat(reached.isAhead(FIRST, place(1, 9))).isFalse();
        assertThat(reached.isAhead(SECOND, place(1, 8))).isTrue();
    }

    /** A store was put back to before a rebuild. */
    @Test
    void areOfAnEarlierGenerationOnceThatIsLiveAgain() throws Exception {
        reached.assigned(List.of(1));
        reached.advance(SECOND, Map.of(1, 0L), Map.of(1, 9L));

        reached.enter(FIRST);

        assertThat(reached.reached()).isEmpty();
        try (ReachedPositions.Awaited awaited = reached.expect(FIRST, place(1, 7))) {
            reached.advance(FIRST, Map.of(1, 7L), Map.of(1, 8L));
            assertThat(awaited.await(AT_ONCE)).isTrue();
        }
        assertThat(reached.reached()).containsEntry(1, 8L);
    }

    private static SubmissionId place(int partition, long position) {
        return new SubmissionId(partition, position);
    }
}
