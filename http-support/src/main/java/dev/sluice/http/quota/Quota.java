package dev.sluice.http.quota;

import java.util.Locale;

/** What is counted. */
public enum Quota {
    REQUESTS,
    SESSIONS,
    BYTES;

    /** As metrics name it. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
