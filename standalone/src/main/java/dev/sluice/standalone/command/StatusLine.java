package dev.sluice.standalone.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/** How something gets on: on a terminal one line that is written over, elsewhere a line now and then, so that a log shows that it is alive. */
public final class StatusLine implements AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final String ERASE = "\r\033[K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final long every;
    private long saidAt = System.nanoTime();
    private boolean isShown;

    /** {@code elsewhere}: how often there is a line where nobody watches. */
    public StatusLine(PrintWriter out, boolean isTerminal, Duration elsewhere) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.every = (isTerminal ? ON_TERMINAL : elsewhere).toNanos();
    }

    /** Says it, unless that would be too often. */
    public void show(Supplier<String> text) {
        long now = System.nanoTime();
        if (now - saidAt < every) {
            return;
        }
        saidAt = now;
        if (isTerminal) {
            out.print(ERASE + text.get());
            isShown = true;
        } else {
            out.println(text.get());
        }
        out.flush();
    }

    /** A line that stays. */
    public void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /** Erases what is written over. */
    public void clear() {
        if (isShown) {
            out.print(ERASE);
            out.flush();
            isShown = false;
        }
    }

    @Override
    public void close() {
        clear();
    }
}
