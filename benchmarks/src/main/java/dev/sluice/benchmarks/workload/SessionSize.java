package dev.sluice.benchmarks.workload;

import java.util.Locale;

/** The three session sizes that figures are reported for. */
public enum SessionSize {
    /** Two notes, about 400 bytes: a scanner that reports as it goes. */
    SMALL(2, 2),
    /** Twenty notes with findings, about 4 KB: a nightly scan. */
    TYPICAL(20, 9),
    /** 250 notes, about 60 KB: the first scan of something large. */
    LARGE(250, 14);

    private final int notes;
    private final int words;

    SessionSize(int notes, int words) {
        this.notes = notes;
        this.words = words;
    }

    public int notes() {
        return notes;
    }

    /** The length of a finding's description, in words. */
    int words() {
        return words;
    }

    /** The name on the command line and in tables. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SessionSize of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
