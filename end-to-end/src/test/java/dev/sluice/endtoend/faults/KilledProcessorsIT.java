package dev.sluice.endtoend.faults;

import static dev.sluice.test.Patience.DESPITE_FAULTS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.fault.Hook;
import dev.sluice.test.fault.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One of two processors dies, hangs or loses the store, at every step of a batch, and the other takes over. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledProcessorsIT {

    private static final int PER_ROUND = 6;
    // In the order of a batch.
    private static final List<String> STEPS = List.of(
            "insert keys",
            "insert submissions",
            "update verifications",
            "update counts",
            "PRODUCE",
            "update progress",
            "OFFSET_COMMIT");

    private final Random random = Faults.random();
    private ProcessorGroup group;

    private record Death(String step, Moment moment) {}

    @BeforeAll
    void start() {
        group = new ProcessorGroup("killed", 2, ProcessorGroup.QUICK, random);
        // From here on, there are tasks and counts to update.
        group.log().append(20);
        group.stored().awaitComplete();
    }

    @AfterAll
    void close() {
        group.close();
    }

    @Test
    void storeEverythingOnceThoughTheyAreKilledBetweenAnyTwoSteps() {
        List<Death> deaths = deaths();
        for (Death death : deaths) {
            FaultyProcessor dead = killOne(death);
            group.stored().requireCommittedOnlyWhatIsStored();
            dead.service().restart();
        }

        group.stored().holds("a processor killed " + deaths.size() + " x, at " + STEPS.size() + " steps");
    }

    @Test
    void storeEverythingOnceThoughOneHangsUntilTheOtherHasItsPartitions() {
        int rounds = Faults.rounds(1, 14);
        for (int i = 0; i < rounds; i++) {
            hangOne(STEPS.get(random.nextInt(STEPS.size())));
        }

        group.stored().holds("a processor stopped and continued " + rounds + " x");
    }

    @Test
    void storeEverythingOnceThoughPartitionsMoveWhileTheStoreIsAwayFromOne() {
        int rounds = Faults.rounds(1, 10);
        for (int i = 0; i < rounds; i++) {
            movePartitionsOfOneThatRetries();
        }

        group.stored().holds("a processor retrying while another left and came " + rounds + " x");
    }

    /** Between every two steps in the short run, and in the middle of one; in the long run before, in the middle of and after each, repeatedly. */
    private List<Death> deaths() {
        List<Death> deaths = new ArrayList<>();
        for (int i = Faults.rounds(0, 5); i > 0; i--) {
            STEPS.forEach(step -> deaths.add(new Death(step, Moment.BEFORE)));
            STEPS.forEach(step -> deaths.add(new Death(step, Moment.HALFWAY)));
            STEPS.forEach(step -> deaths.add(new Death(step, Moment.ANSWERED)));
        }
        if (!Faults.isLong()) {
            STEPS.forEach(step -> deaths.add(new Death(step, Moment.ANSWERED)));
            deaths.add(new Death("insert submissions", Moment.HALFWAY));
        }
        Collections.shuffle(deaths, random);
        return deaths;
    }

    /** Kills whichever processor gets there first. */
    private FaultyProcessor killOne(Death death) {
        AtomicReference<FaultyProcessor> dead = new AtomicReference<>();
        List<Hook> hooks = group.processors().stream()
                .map(processor -> processor.atNext(death.step(), death.moment(), () -> {
                    if (dead.compareAndSet(null, processor)) {
                        processor.service().process().kill();
                    }
                }))
                .toList();
        keepSubmittingUntil(
                "a processor gets to " + death,
                () -> hooks.stream().anyMatch(hook -> hook.first().isDone())
                        && dead.get() != null
                        && !dead.get().service().process().isAlive());
        hooks.forEach(Hook::remove);
        return requireNonNull(dead.get());
    }

    /** The hung processor's pending write arrives long after the other has taken over. */
    private void hangOne(String step) {
        awaitBothHavePartitions();
        FaultyProcessor hanging = group.processors().get(random.nextInt(2));
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        CompletableFuture<Void> takenOver = new CompletableFuture<>();
        Hook hook = hanging.atNext(step, Moment.BEFORE, () -> {
            hanging.service().process().stop();
            stopped.complete(null);
            takenOver.join();
        });
        try {
            keepSubmittingUntil("a processor gets to " + step, stopped::isDone);
            group.stored().awaitComplete();
            group.log().append(PER_ROUND);
            group.stored().awaitComplete();
        } finally {
            takenOver.complete(null);
            hook.remove();
        }
        hook.first().orTimeout(DESPITE_FAULTS.toSeconds(), TimeUnit.SECONDS).join();
        group.log().append(PER_ROUND);
        hanging.service().process().resume();

        group.stored().awaitComplete();
        hanging.service().awaitReady();
    }

    private void movePartitionsOfOneThatRetries() {
        awaitBothHavePartitions();
        FaultyProcessor retrying = group.processors().get(random.nextInt(2));
        FaultyProcessor leaving = group.processors().get(1 - group.processors().indexOf(retrying));
        retrying.store().refuse();
        keepSubmittingUntil("retries", () -> !retrying.service().isReady());

        leaving.service().process().terminate();
        leaving.service().process().awaitExit(Duration.ofSeconds(20));
        group.log().append(PER_ROUND);
        leaving.service().restart();
        leaving.service().awaitReady();
        group.log().append(PER_ROUND);
        retrying.store().restore();

        group.stored().awaitComplete();
        retrying.service().awaitReady();
    }

    private void awaitBothHavePartitions() {
        group.processors().forEach(processor -> processor.service().awaitReady());
        Awaitility.await("both have partitions")
                .atMost(DESPITE_FAULTS)
                .untilAsserted(() -> assertThat(group.stored().members())
                        .hasSize(2)
                        .allSatisfy(
                                (member, partitions) -> assertThat(partitions).isNotEmpty()));
    }

    private void keepSubmittingUntil(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(DESPITE_FAULTS)
                .pollInterval(Duration.ofMillis(200))
                .pollInSameThread()
                .until(() -> {
                    if (condition.call()) {
                        return true;
                    }
                    // Otherwise a slow machine would mostly test the backlog from the time without a processor.
                    if (group.stored().isComplete()) {
                        group.log().append(PER_ROUND);
                    }
                    return condition.call();
                });
    }
}
