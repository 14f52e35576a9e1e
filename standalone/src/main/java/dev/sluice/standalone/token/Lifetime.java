package dev.sluice.standalone.token;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the lifetime of a token: {@code 90d}, {@code 12h} or {@code 30m}. */
final class Lifetime implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]*)([dhm])");

    private static final int MAX_DIGITS = 7;

    @Override
    public Duration convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("\"" + text
                    + "\" is not a time: expected one or more days, hours or minutes, like 90d, 12h or 30m");
        }
        if (matcher.group(1).length() > MAX_DIGITS) {
            throw new TypeConversionException(
                    "\"" + text + "\" is too far away: expected a number of at most " + MAX_DIGITS + " digits");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "d" -> Duration.ofDays(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofMinutes(amount);
        };
    }
}
