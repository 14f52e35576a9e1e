package dev.sluice.standalone.audit;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** How far it is: on a terminal one line that is written over, elsewhere a line now and then, so that a log shows that it is alive. */
final class ProgressLine implements AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final String ERASE = "\r\033[K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final long begun = System.nanoTime();
    private long last = begun;
    private boolean isShown;

    ProgressLine(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    void compared(long records, long of) {
        long now = System.nanoTime();
        if (now - last < (isTerminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            return;
        }
        last = now;
        String line = String.format(
                Locale.ROOT, "sluice: %,d of %,d records, %,.0f a second", records, of, records * 1e9 / (now - begun));
        if (isTerminal) {
            out.print(ERASE + line);
            isShown = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    @Override
    public void close() {
        if (isShown) {
            out.print(ERASE);
            out.flush();
        }
    }
}
