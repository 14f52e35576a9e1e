package dev.sluice.contract.submission;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as the API writes them: UTC in ISO 8601 with microseconds and {@code Z}. */
public final class UtcTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private UtcTime() {}

    public static String format(Instant time) {
        return FORMAT.format(time);
    }
}
