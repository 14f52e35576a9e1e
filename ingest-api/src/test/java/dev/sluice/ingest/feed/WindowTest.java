package dev.sluice.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.share.Shares;
import dev.sluice.http.share.Shares.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final int KIB = 1024;
    private static final int ROOM = 16 * KIB;
    private static final int SMALL = 100;

    private final Shares shared = new Shares(ROOM);
    private final Window window = new Window(shared, ROOM, "token");

    @Test
    void keepsWhatIsPutUntilItIsHandedOver() throws InterruptedException {
        put(1, SMALL);
        put(2, SMALL);

        assertThat(window.poll()).isNull();
        window.handOver();

        assertThat(linesOf(next())).containsExactly(1L, 2L);
    }

    @Test
    void handsOverByItselfWhatIsManyLines() throws InterruptedException {
        for (int line = 1; line <= 1_000; line++) {
            put(line, SMALL);
        }

        assertThat(linesOf(next())).hasSizeBetween(2, 500);
    }

    @Test
    void takesNoMoreOfWhatIsSharedThanItsLinesNeedOnceTheyAreHandedOver() throws InterruptedException {
        put(1, SMALL);
        put(2, 10 * KIB);

        window.handOver();

        assertThat(shared.taken()).isEqualTo(1 + 11);
        window.giveBack(next());
        assertThat(shared.taken()).isZero();
    }

    @Test
    void handsOverBeforeItWaitsForRoomOfItsOwn() throws Exception {
        put(1, 3 * KIB * KIB);
        FutureTask<Boolean> waiting = inBackground(() -> put(2, 3 * KIB * KIB));

        FeedBlock first = next();

        assertThat(linesOf(first)).containsExactly(1L);
        assertThat(waiting.isDone()).isFalse();
        window.giveBack(first);
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void handsOverBeforeItWaitsForRoomThatOthersHave() throws Exception {
        put(1, SMALL);
        int others = ROOM - shared.taken() - 1;
        assertThat(shared.take("others", others, others, Duration.ZERO)).isEqualTo(Outcome.TAKEN);
        FutureTask<Boolean> waiting = inBackground(() -> put(2, 100 * KIB));

        FeedBlock first = next();

        assertThat(linesOf(first)).containsExactly(1L);
        window.giveBack(first);
        shared.giveBack("others", others);
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesLineByLineWhereThereIsNoRoomForMore() throws InterruptedException {
        int others = ROOM - 2;
        assertThat(shared.take("others", others, others, Duration.ZERO)).isEqualTo(Outcome.TAKEN);

        assertThat(put(1, SMALL)).isTrue();
        window.handOver();

        assertThat(linesOf(next())).containsExactly(1L);
    }

    @Test
    void endsTheWaitOfOneWhoIsToPutNothingMore() throws Exception {
        put(1, 3 * KIB * KIB);
        FutureTask<Boolean> waiting = inBackground(() -> put(2, 3 * KIB * KIB));

        window.stop();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isFalse();
        window.handOver();
        window.close();
        assertThat(shared.taken()).isZero();
    }

    @Test
    void givesRoomBackAlsoOfWhatIsHandedOverWhenNobodyTakesAnyMore() throws InterruptedException {
        put(1, SMALL);

        window.close();
        window.handOver();

        assertThat(window.hasBlocks()).isFalse();
        assertThat(shared.taken()).isZero();
    }

    private boolean put(long line, int bytes) throws InterruptedException {
        boolean goesOn = window.take(bytes);
        if (goesOn) {
            window.put(new FeedEntry.Bad(line, new byte[0]));
        }
        return goesOn;
    }

    private FeedBlock next() throws InterruptedException {
        return Objects.requireNonNull(window.poll(30_000), "nothing was handed over");
    }

    private static List<Long> linesOf(FeedBlock block) {
        return block.entries().stream().map(FeedEntry::line).toList();
    }

    private static FutureTask<Boolean> inBackground(Callable<Boolean> task) {
        FutureTask<Boolean> future = new FutureTask<>(task);
        Thread.ofVirtual().start(future);
        return future;
    }
}
