package dev.sluice.standalone.command;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Shows progress: on a terminal, one line that is overwritten; elsewhere, a line from time to time, so that a log shows
 * that the command is alive.
 */
public final class StatusLine implements AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final String ERASE = "\r\033[K";
    // A line that is too long for the terminal is cut off: of one that is wrapped, only the last row would be erased.
    private static final String STOP_WRAPPING = "\033[?7l";
    private static final String WRAP_AGAIN = "\033[?7h";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final long every;
    private long saidAt = System.nanoTime();
    private boolean isShown;

    /** Whether a terminal is attached. */
    // On JDK 25, unlike 22 to 24, there is no console if standard input or output is redirected.
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isTerminalThere() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Writes to {@code out}; if that is not a terminal, at most one line per {@code elsewhere}. */
    public StatusLine(PrintWriter out, boolean isTerminal, Duration elsewhere) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.every = (isTerminal ? ON_TERMINAL : elsewhere).toNanos();
    }

    /** Shows the text, unless the previous one was too recent. */
    public void show(Supplier<String> text) {
        long now = System.nanoTime();
        if (now - saidAt < every) {
            return;
        }
        saidAt = now;
        if (isTerminal) {
            out.print(ERASE + STOP_WRAPPING + text.get() + WRAP_AGAIN);
            isShown = true;
        } else {
            out.println(text.get());
        }
        out.flush();
    }

    /** Prints a line that is not overwritten. */
    public void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /** Erases the line that is being overwritten. */
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
