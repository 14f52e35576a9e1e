package dev.sluice.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.share.Shares;
import dev.sluice.http.share.Shares.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int KIB = 1024;
    private static final int ROOM = 16 * KIB;
    private static final int SMALL = 100;

    private final Shares shared = new Shares(ROOM);
    private final Window window = new Window(shared, ROOM, "token");

    @Test
    void keepsWhatIsPutUntilItIsHandedOver() throws Exception {
        put(1, SMALL);
        put(2, SMALL);

        assertThat(window.poll()).isNull();
        window.handOver();

        assertThat(linesOf(next())).containsExactly(1L, 2L);
    }

    @Test
    void handsOverByItselfWhatIsManyLines() throws Exception {
        for (int line = 1; line <= 1_000; line++) {
            put(line, SMALL);
        }

        assertThat(linesOf(next())).hasSizeBetween(2, 500);
    }

    @Test
    void takesNoMoreOfWhatIsSharedThanItsLinesNeedOnceTheyAreHandedOver() throws Exception {
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
        FutureTask<Void> waiting = inBackground(() -> put(2, 3 * KIB * KIB));

        Window.Block first = next();

        assertThat(linesOf(first)).containsExactly(1L);
        assertThat(waiting.isDone()).isFalse();
        window.giveBack(first);
        assertThat(waiting).succeedsWithin(PATIENCE);
    }

    @Test
    void handsOverBeforeItWaitsForRoomThatOthersHave() throws Exception {
        put(1, SMALL);
        int others = ROOM - shared.taken() - 1;
        assertThat(shared.take("others", others, others, Duration.ZERO)).isEqualTo(Outcome.TAKEN);
        FutureTask<Void> waiting = inBackground(() -> put(2, 100 * KIB));

        Window.Block first = next();

        assertThat(linesOf(first)).containsExactly(1L);
        window.giveBack(first);
        shared.giveBack("others", others);
        assertThat(waiting).succeedsWithin(PATIENCE);
    }

    @Test
    void takesLineByLineWhereThereIsNoRoomForMore() throws Exception {
        int others = ROOM - 2;
        assertThat(shared.take("others", others, others, Duration.ZERO)).isEqualTo(Outcome.TAKEN);

        put(1, SMALL);
        window.handOver();

        assertThat(linesOf(next())).containsExactly(1L);
    }

    @Test
    void endsTheWaitOfOneWhoIsToPutNothingMore() throws Exception {
        put(1, 3 * KIB * KIB);
        FutureTask<Void> waiting = inBackground(() -> put(2, 3 * KIB * KIB));

        window.stop();

        assertThat(waiting)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Window.StoppedException.class);
        window.handOver();
        window.close();
        assertThat(shared.taken()).isZero();
    }

    @Test
    void givesRoomBackAlsoOfWhatIsHandedOverWhenNobodyTakesAnyMore() throws Exception {
        put(1, SMALL);

        window.close();
        window.handOver();

        assertThat(window.hasBlocks()).isFalse();
        assertThat(shared.taken()).isZero();
    }

    private void put(long line, int bytes) throws InterruptedException, IOException {
        window.take(bytes);
        window.put(new FeedEntry.Bad(line, new byte[0]));
    }

    private Window.Block next() throws Exception {
        return Objects.requireNonNull(window.poll(PATIENCE.toMillis()), "nothing was handed over");
    }

    private static List<Long> linesOf(Window.Block block) {
        return block.entries().stream().map(FeedEntry::line).toList();
    }

    private interface Task {
        void run() throws Exception;
    }

    private static FutureTask<Void> inBackground(Task task) {
        FutureTask<Void> future = new FutureTask<>(() -> {
            task.run();
            return null;
        });
        Thread.ofVirtual().start(future);
        return future;
    }
}
