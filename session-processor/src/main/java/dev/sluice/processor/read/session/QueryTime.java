package dev.sluice.processor.read.session;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses points in time in queries: ISO 8601, in UTC if no offset is given. */
final class QueryTime {

    private static final int MAX_LENGTH = 40;
    private static final int MAX_YEAR = 9999;
    // As Python's %z writes it, and with it some generated clients.
    private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("(T.*[+-]\\d\\d)(\\d\\d)$");

    private QueryTime() {}

    /** The first whole millisecond not before the time, because times are stored in milliseconds. */
    static Optional<Instant> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            // An unescaped plus arrives as a blank.
            TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    OFFSET_WITHOUT_COLON.matcher(text.replace(' ', '+')).replaceFirst("$1:$2"),
                    OffsetDateTime::from,
                    LocalDateTime::from);
            OffsetDateTime time =
                    parsed instanceof OffsetDateTime known ? known : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
            if (time.getYear() < 0 || time.getYear() > MAX_YEAR) {
                return Optional.empty();
            }
            Instant floor = time.toInstant().truncatedTo(ChronoUnit.MILLIS);
            return Optional.of(floor.equals(time.toInstant()) ? floor : floor.plusMillis(1));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    static String notATime(String text) {
        return "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].";
    }
}
