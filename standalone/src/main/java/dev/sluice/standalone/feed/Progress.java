package dev.sluice.standalone.feed;

import dev.sluice.standalone.command.StatusLine;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** Shows a feed's progress: a bar on a terminal, otherwise a line every few seconds. */
final class Progress {

    private static final int BAR = 24;
    private static final Duration SAY_EVERY = Duration.ofSeconds(5);

    private final StatusLine status;
    private final boolean terminal;
    private final OptionalLong size;
    private final long begun = System.nanoTime();
    private long lines;

    Progress(PrintWriter out, boolean terminal, OptionalLong size) {
        this.status = new StatusLine(out, terminal, SAY_EVERY);
        this.terminal = terminal;
        this.size = size;
    }

    /**
     * @param line the last settled line
     * @param read how many bytes of the input's size have been read
     */
    void at(long settled, long line, long rejected, long read) {
        lines += settled;
        status.show(() -> text(line, rejected, read));
    }

    /** Prints a line that is not overwritten. */
    void note(String text) {
        status.line("sluice: " + text);
    }

    void clear() {
        status.clear();
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
            return terminal ? counts : "sluice: " + counts;
        }
        double share = Math.min(1.0, (double) read / size.getAsLong());
        long left = share > 0 ? Math.round(seconds() * (1 - share) / share) : 0;
        String where = String.format(Locale.ROOT, "%3.0f %%, %s, %s left", share * 100, counts, time(left));
        int full = (int) Math.round(share * BAR);
        return terminal ? "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + where : "sluice: " + where;
    }

    private static String time(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
