package dev.sluice.http.quota;

import java.util.Locale;

public enum Quota {
    REQUESTS,
    SESSIONS,
    BYTES;

    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
