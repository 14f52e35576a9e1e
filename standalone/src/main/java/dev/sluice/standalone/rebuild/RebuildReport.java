package dev.sluice.standalone.rebuild;

import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Says for people how a rebuild gets on: on a terminal in one line that changes, elsewhere in a line now and then. */
final class RebuildReport implements RebuildListener {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);
    private static final int PERCENT = 100;

    private final PrintWriter out;
    private final boolean isTerminal;
    private final long every;
    private long begun = System.nanoTime();
    private long lastSaid = begun;
    private long atFirst = -1;
    private boolean isLineOpen;
    private int dropped;

    RebuildReport(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.every = (isTerminal ? ON_TERMINAL : ELSEWHERE).toNanos();
    }

    @Override
    public void begins(int from, int into, boolean resumed) {
        say((resumed
                        ? "Going on with generation " + into + ", which was left unfinished"
                        : "Filling generation " + into)
                + "; generation " + from + " is live meanwhile.");
        begun = System.nanoTime();
    }

    @Override
    public void filled(long records, long all) {
        if (atFirst < 0) {
            atFirst = records;
        }
        long now = System.nanoTime();
        if (now - lastSaid < every) {
            return;
        }
        lastSaid = now;
        long percent = all == 0 ? PERCENT : records * PERCENT / all;
        String line = String.format(
                Locale.ROOT,
                "%3d %%  %,d of %,d records  %,.0f records/s",
                percent,
                records,
                all,
                rate(records - atFirst, Duration.ofNanos(now - begun)));
        if (isTerminal) {
            // Clears what a longer line has left.
            out.print("\r" + line + "\033[K");
            out.flush();
            isLineOpen = true;
        } else {
            say(line);
        }
    }

    @Override
    public void isLive(int generation) {
        say("Generation " + generation + " is live.");
    }

    @Override
    public void dropped(int generation) {
        dropped++;
        say("Generation " + generation + " is dropped.");
    }

    void done(RebuildSummary summary) {
        say(String.format(
                Locale.ROOT,
                "Rebuilt: %,d records in %.1f s, %,.0f records/s.",
                summary.records(),
                summary.took().toMillis() / 1e3,
                rate(summary.records(), summary.took())));
    }

    void discarded() {
        say(dropped == 0 ? "There was nothing to discard." : "Discarded.");
    }

    private static double rate(long records, Duration time) {
        return records * 1e3 / Math.max(1, time.toMillis());
    }

    private void say(String line) {
        if (isLineOpen) {
            out.println();
            isLineOpen = false;
        }
        out.println(line);
        out.flush();
    }
}
