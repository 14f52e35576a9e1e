package dev.sluice.standalone.feed;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** Says how a feed gets on: a bar in a terminal, else a line every few seconds. */
final class Progress {

    private static final int BAR = 24;
    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration SELDOM = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean terminal;
    private final OptionalLong size;
    private final long begun = System.nanoTime();
    private long saidAt = begun;
    private long lines;
    private int width;

    Progress(PrintWriter out, boolean terminal, OptionalLong size) {
        this.out = out;
        this.terminal = terminal;
        this.size = size;
    }

    /** {@code read}: how much of the size has been read; {@code line}: the last line that is settled. */
    void at(long settled, long line, long rejected, long read) {
        lines += settled;
        long now = System.nanoTime();
        if (now - saidAt < (terminal ? OFTEN : SELDOM).toNanos()) {
            return;
        }
        saidAt = now;
        say(text(line, rejected, read));
    }

    /** Something that stays to be read. */
    void note(String text) {
        clear();
        out.println("sluice: " + text);
        out.flush();
    }

    void clear() {
        if (terminal && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }

    double linesPerSecond() {
        return lines / Math.max(0.001, seconds());
    }

    double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    private String text(long line, long rejected, long read) {
        String counts = String.format(
                Locale.ROOT,
                "line %,d, %,.0f/s%s",
                line,
                linesPerSecond(),
                rejected > 0 ? ", " + rejected + " bad" : "");
        if (size.isEmpty() || size.getAsLong() == 0) {
            return counts;
        }
        double share = Math.min(1.0, (double) read / size.getAsLong());
        long left = share > 0 ? Math.round(seconds() * (1 - share) / share) : 0;
        String where = String.format(Locale.ROOT, "%3.0f %%, %s, %s left", share * 100, counts, time(left));
        int full = (int) Math.round(share * BAR);
        return terminal ? "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + where : where;
    }

    private void say(String text) {
        if (!terminal) {
            out.println("sluice: " + text);
        } else {
            out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
            width = text.length();
        }
        out.flush();
    }

    private static String time(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
