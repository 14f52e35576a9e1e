package dev.sluice.processor.read.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoInterruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheredFindsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MISSING = 999;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Set<Integer>> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> askedAlone = new LinkedBlockingQueue<>();
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void stop() {
        go.countDown();
        callers.shutdownNow();
    }

    @Test
    void asksForAllWhoCameMeanwhileWithOneQuestion() throws Exception {
        GatheredFinds<Integer, String> finds = finds(this::answerOnceItMay, PATIENCE);
        List<Future<Optional<String>>> found = new ArrayList<>(occupyAllLanes(finds));
        List<Integer> late = List.of(100, 101, 101, MISSING);
        for (int key : late) {
            found.add(callers.submit(() -> finds.find(key, this::answerAlone)));
        }
        await().until(() -> finds.waiting() == late.size());

        go.countDown();

        for (Future<Optional<String>> one : found.subList(0, found.size() - 1)) {
            assertThat(get(one)).isPresent();
        }
        assertThat(get(found.getLast())).isEmpty();
        assertThat(asked).containsExactly(Set.copyOf(late));
        assertThat(askedAlone).isEmpty();
    }

    @Test
    void asksForNoMoreAtOnceThanOneReplyHolds() throws Exception {
        GatheredFinds<Integer, String> finds = finds(this::answerOnceItMay, PATIENCE);
        occupyAllLanes(finds);
        List<Future<Optional<String>>> found = IntStream.range(100, 101 + GatheredFinds.MOST_KEYS)
                .mapToObj(key -> callers.submit(() -> finds.find(key, this::answerAlone)))
                .toList();
        await().until(() -> finds.waiting() == found.size());

        go.countDown();

        for (Future<Optional<String>> one : found) {
            assertThat(get(one)).isPresent();
        }
        assertThat(asked.stream().map(Set::size)).containsExactlyInAnyOrder(GatheredFinds.MOST_KEYS, 1);
    }

    @Test
    void asksForEachAloneWhenTheQuestionForAllFails() throws Exception {
        Function<Set<Integer>, Map<Integer, Optional<String>>> failing = keys -> {
            answerOnceItMay(keys);
            throw new IllegalStateException("one of them is bad");
        };
        GatheredFinds<Integer, String> finds = finds(failing, PATIENCE);
        occupyAllLanes(finds);
        Future<Optional<String>> good = callers.submit(() -> finds.find(100, this::answerAlone));
        Future<Optional<String>> bad = callers.submit(() -> finds.find(-1, this::answerAlone));
        await().until(() -> finds.waiting() == 2);

        go.countDown();

        assertThat(get(good)).contains("v100");
        assertThatThrownBy(() -> get(bad)).hasRootCauseMessage("-1 is bad");
        assertThat(finds.find(5, this::answerAlone)).contains("v5");
    }

    @Test
    void asksAloneForWhatTheAnswerForAllLeavesOut() throws Exception {
        GatheredFinds<Integer, String> finds = finds(
                keys -> {
                    Map<Integer, Optional<String>> answer = answerOnceItMay(keys);
                    answer.remove(101);
                    return answer;
                },
                PATIENCE);
        occupyAllLanes(finds);
        List<Future<Optional<String>>> found = new ArrayList<>();
        for (int key : List.of(100, 101, MISSING)) {
            found.add(callers.submit(() -> finds.find(key, this::answerAlone)));
        }
        await().until(() -> finds.waiting() == found.size());

        go.countDown();

        assertThat(get(found.get(0))).contains("v100");
        assertThat(get(found.get(1))).contains("v101");
        assertThat(get(found.get(2))).isEmpty();
        assertThat(askedAlone).containsExactly(101);
    }

    @Test
    void asksAloneForWhoeverIsNotAskedForInTime() throws Exception {
        GatheredFinds<Integer, String> finds = finds(this::answerOnceItMay, Duration.ZERO);

        assertThat(finds.find(1, this::answerAlone)).contains("v1");
        assertThat(asked).isEmpty();
        assertThat(askedAlone).containsExactly(1);
    }

    @Test
    void leavesTheOthersAloneWhenOneIsInterrupted() throws Exception {
        GatheredFinds<Integer, String> finds = finds(this::answerOnceItMay, PATIENCE);
        List<Future<Optional<String>>> first = occupyAllLanes(finds);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread gone = Thread.ofVirtual().start(() -> {
            assertThatThrownBy(() -> finds.find(100, this::answerAlone)).isInstanceOf(MongoInterruptedException.class);
            interrupted.countDown();
        });
        Future<Optional<String>> stays = callers.submit(() -> finds.find(101, this::answerAlone));
        await().until(() -> finds.waiting() == 2);

        gone.interrupt();

        assertThat(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        go.countDown();
        assertThat(get(stays)).contains("v101");
        for (Future<Optional<String>> one : first) {
            assertThat(get(one)).isPresent();
        }
    }

    @Test
    void findsForEachOfManyWhatIsItsOwnAndIsNotOlderThanItsCall() throws Exception {
        AtomicInteger clock = new AtomicInteger();
        GatheredFinds<Integer, Integer> finds = new GatheredFinds<>(
                keys -> {
                    int now = clock.get();
                    LockSupport.parkNanos(1);
                    return keys.stream().collect(Collectors.toMap(key -> key, _ -> Optional.of(now)));
                },
                PATIENCE);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int caller = 0; caller < 200; caller++) {
            int key = caller % 50;
            all.add(callers.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    int before = clock.incrementAndGet();
                    if (finds.find(key, _ -> Optional.empty())
                            .filter(seen -> seen >= before)
                            .isEmpty()) {
                        return false;
                    }
                }
                return true;
            }));
        }

        for (Future<Boolean> one : all) {
            assertThat(get(one)).isTrue();
        }
    }

    private GatheredFinds<Integer, String> finds(
            Function<Set<Integer>, Map<Integer, Optional<String>>> together, Duration turnWithin) {
        return new GatheredFinds<>(together, turnWithin);
    }

    /** Occupies each lane with one query, which is not answered before {@link #go}. */
    private List<Future<Optional<String>>> occupyAllLanes(GatheredFinds<Integer, String> finds) throws Exception {
        List<Future<Optional<String>>> found = new ArrayList<>();
        for (int key = 0; key < GatheredFinds.AT_ONCE; key++) {
            int one = key;
            found.add(callers.submit(() -> finds.find(one, this::answerAlone)));
            assertThat(asked.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).containsExactly(one);
        }
        return found;
    }

    private Map<Integer, Optional<String>> answerOnceItMay(Set<Integer> keys) {
        asked.add(keys);
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return keys.stream()
                .collect(Collectors.toMap(
                        key -> key, key -> Optional.of("v" + key).filter(_ -> key != MISSING)));
    }

    private Optional<String> answerAlone(int key) {
        askedAlone.add(key);
        if (key < 0) {
            throw new IllegalStateException(key + " is bad");
        }
        return Optional.of("v" + key);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
