package dev.sluice.benchmarks.feed;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.workload.SessionSize;
import java.util.List;

/**
 * Concurrent feeds from another process.
 *
 * @param firstProject the first feed's project; the other feeds use the projects after it
 */
public record Feeds(String server, String token, SessionSize size, long firstProject, int feeds) {

    /**
     * Feeds {@code sessions} sessions in all, after {@code warmUp} others. The process says "measuring" before the
     * first of them and "measured" after the last, with the number accepted and the seconds taken; it ends when it is
     * closed.
     */
    public ChildProcess start(int sessions, int warmUp) {
        return ChildProcess.start(Launch.ofOurs(
                "feed",
                FeedMain.class,
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                List.of(
                        server,
                        token,
                        size.text(),
                        Long.toString(firstProject),
                        Integer.toString(feeds),
                        Integer.toString(sessions),
                        Integer.toString(warmUp))));
    }
}
