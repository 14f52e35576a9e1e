package dev.sluice.benchmarks.feed;

import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.workload.SessionSize;
import java.util.List;

/**
 * Feeds at the same time from another process.
 *
 * @param server its host and port
 * @param token as it is sent
 * @param size of the sessions
 * @param firstProject the first feed's; the others follow it
 * @param feeds how many
 */
public record Feeds(String server, String token, SessionSize size, long firstProject, int feeds) {

    /**
     * Feeds so many sessions in all, after {@code warmUp} others. The process says "measuring" before the first of them and "measured" after
     * the last, with how many were accepted and in how many seconds; it ends when it is closed.
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
