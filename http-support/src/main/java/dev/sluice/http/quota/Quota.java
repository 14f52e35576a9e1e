package dev.sluice.http.quota;

import java.util.Locale;

/** The quantities that are limited. */
public enum Quota {
    REQUESTS,
    SESSIONS,
    BYTES;

    /** The quota's name in metrics. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
