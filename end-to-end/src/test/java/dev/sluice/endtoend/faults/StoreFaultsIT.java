package dev.sluice.endtoend.faults;

import static dev.sluice.test.Patience.DESPITE_FAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.fault.Action;
import dev.sluice.test.fault.Direction;
import dev.sluice.test.fault.Hook;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.MongoErrors;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A store that is unavailable, hangs, is slow or refuses writes: processing waits for it, under load, and nothing is
 * dead-lettered because of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreFaultsIT {

    private static final int PER_ROUND = 10;
    private static final List<String> WRITES =
            List.of("insert submissions", "update verifications", "update counts", "update progress");

    private final Random random = Faults.random();
    private ProcessorGroup group;
    private FaultyProcessor processor;
    private StoredLog stored;
    private Map<String, Set<Integer>> members;

    @BeforeAll
    void start() {
        group = new ProcessorGroup("store-faults", 1, Map.of(), random);
        processor = group.processors().getFirst();
        stored = group.stored();
        group.log().append(20);
        stored.awaitComplete();
        members = stored.members();
    }

    @AfterAll
    void close() {
        group.close();
    }

    @Test
    void waitsWithItsPartitionsForAStoreThatIsAway() throws IOException {
        Duration away = Faults.isLong() ? Duration.ofMinutes(3) : Duration.ofSeconds(3);
        processor.store().refuse();
        Map<Integer, Long> progress = stored.progress();
        Set<Long> deadLetters = stored.deadLetters();
        submitFor(away);
        awaitConsumptionSaying("the store does not answer");

        assertThat(stored.progress()).isEqualTo(progress);
        stored.requireCommittedOnlyWhatIsStored();
        assertThat(stored.deadLetters()).isEqualTo(deadLetters);

        processor.store().restore();
        requireWell("the store away for " + away.toSeconds() + " s");
    }

    @Test
    void getsOnWithAStoreThatIsSlowOrHangs() throws IOException {
        processor.store().delay(Direction.ANSWERS, Duration.ofMillis(200));
        group.log().append(PER_ROUND);
        stored.awaitComplete();
        processor.store().restore();
        if (Faults.isLong()) {
            for (Direction direction : Direction.values()) {
                processor.store().pause(direction);
                submitFor(Duration.ofSeconds(30));
                awaitConsumptionSaying("the store does not answer");
                processor.store().restore();
                stored.awaitComplete();
            }
        }

        requireWell("the store 200 ms late" + (Faults.isLong() ? ", and hanging for 30 s 2 x" : ""));
    }

    @Test
    void getsOnWithAStoreThatIsCutOffWithinAWrite() throws IOException {
        int cuts = Faults.rounds(3, 60);
        for (int i = 0; i < cuts; i++) {
            processor
                    .store()
                    .cutAfter(random.nextBoolean() ? Direction.REQUESTS : Direction.ANSWERS, random.nextInt(20_000));
            group.log().append(PER_ROUND);
            submitUntil(
                    "it is cut off",
                    () -> !processor.readiness("processor-consumption").contains("consuming"));
            processor.store().restore();
        }

        requireWell("connections to the store cut within a message " + cuts + " x");
    }

    @Test
    void waitsForAStoreThatRefusesWrites() throws IOException {
        int rounds = Faults.rounds(1, WRITES.size());
        int refusals = 0;
        for (int i = 0; i < rounds; i++) {
            refusals += refused(i, Moment.BEFORE, MongoErrors::notPrimary);
            refusals += refused(i + 1, Moment.BEFORE, MongoErrors::outOfDiskSpace);
            refusals += refused(i + 2, Moment.BEFORE, MongoErrors::firstWriteRefused);
            refusals += refused(i + 3, Moment.ANSWERED, MongoErrors::notReplicatedInTime);
        }

        requireWell("writes refused in four ways " + refusals + " x");
    }

    private int refused(int write, Moment moment, Action answer) {
        Hook hook = processor.store().hooks().atEach(WRITES.get(write % WRITES.size()), moment, answer);
        submitUntil("it is refused twice", () -> hook.happened() >= 2);
        hook.remove();
        stored.awaitComplete();
        return hook.happened();
    }

    private void awaitConsumptionSaying(String what) {
        Awaitility.await("readiness to say: " + what)
                .atMost(DESPITE_FAULTS)
                .untilAsserted(() ->
                        assertThat(processor.readiness("processor-consumption")).contains(what));
    }

    private void requireWell(String injected) {
        stored.awaitComplete();
        processor.service().awaitReady();
        assertThat(stored.members())
                .as("the same members with the same partitions")
                .isEqualTo(members);
        stored.holds(injected);
    }

    private void submitFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Awaitility.await("the end of the load")
                .atMost(time.plus(DESPITE_FAULTS))
                .pollInterval(Duration.ofMillis(500))
                .pollInSameThread()
                .until(() -> {
                    group.log().append(PER_ROUND);
                    return System.nanoTime() > end;
                });
    }

    private void submitUntil(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(DESPITE_FAULTS)
                .pollInterval(Duration.ofMillis(100))
                .pollInSameThread()
                .until(() -> {
                    group.log().append(1);
                    return condition.call();
                });
    }
}
