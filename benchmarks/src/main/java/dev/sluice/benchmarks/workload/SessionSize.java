package dev.sluice.benchmarks.workload;

import java.util.Locale;

/** The three sizes of sessions that figures are given for. */
public enum SessionSize {
    /** Two notes, about 400 bytes: a scanner that reports as it goes. */
    SMALL(2, 2),
    /** Twenty notes with findings, about 4 KB: a nightly scan. */
    TYPICAL(20, 9),
    /** 250 notes, about 60 KB: a first scan of something large. */
    LARGE(250, 14);

    private final int notes;
    private final int words;

    SessionSize(int notes, int words) {
        this.notes = notes;
        this.words = words;
    }

    /** How many notes a session embeds. */
    public int notes() {
        return notes;
    }

    /** How long a finding's description is. */
    int words() {
        return words;
    }

    /** As on the command line and in tables. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The size of that text. */
    public static SessionSize of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
