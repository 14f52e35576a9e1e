package dev.sluice.standalone.feed;

import dev.sluice.service.process.Backoff;
import dev.sluice.standalone.command.CommandFailure;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tries again until there is an answer, with growing delays.
 *
 * @param patience how long to retry while nothing gets through
 * @param tell is told of each failed attempt that will be retried
 */
record Retries(Duration patience, Consumer<String> tell) {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    sealed interface Attempt {}

    record Answered(SegmentAnswer answer) implements Attempt {}

    /**
     * An attempt that may succeed later.
     *
     * @param pause the least time to wait before the next one
     * @param sendsLess whether the next one sends less
     */
    record Failed(String reason, Duration pause, boolean sendsLess) implements Attempt {}

    @FunctionalInterface
    interface Try {
        Attempt make() throws InterruptedException;
    }

    /** @throws CommandFailure if attempts have failed for too long; that time starts anew when less is sent */
    SegmentAnswer untilAnswered(Try tried) throws InterruptedException {
        long begun = System.nanoTime();
        Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        while (true) {
            switch (tried.make()) {
                case Answered(var answer) -> {
                    return answer;
                }
                case Failed failed -> {
                    if (failed.sendsLess()) {
                        begun = System.nanoTime();
                    }
                    Duration asked = failed.pause();
                    Duration pause = pauses.next();
                    waitAfter(failed, asked.compareTo(pause) > 0 ? asked : pause, System.nanoTime() - begun);
                }
            }
        }
    }

    private void waitAfter(Failed failed, Duration pause, long triedNanos) throws InterruptedException {
        Duration tried = Duration.ofNanos(triedNanos);
        if (tried.plus(pause).compareTo(patience) > 0) {
            throw new CommandFailure(failed.reason() + "; gave up after " + tried.toSeconds()
                    + " s: the next try would be later than --retry-for allows");
        }
        tell.accept(failed.reason() + "; trying again in " + pause.toMillis() / 1000.0 + " s");
        Thread.sleep(pause);
    }
}
