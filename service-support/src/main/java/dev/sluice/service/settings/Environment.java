package dev.sluice.service.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Typed settings from environment variables. A variable that is unset or blank yields the fallback; an invalid one
 * stops startup with a {@link SettingException}.
 */
public final class Environment {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(B|KiB|MiB|GiB)?");

    private static final Duration SHORTEST = Duration.ofMillis(1);
    // Much longer durations do not fit into a number of nanoseconds.
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Pattern SHARE = Pattern.compile("0(\\.\\d{1,9})?|1(\\.0{1,9})?");

    private static final String OURS = "SLUICE_";

    // Variables read by the launcher and the commands.
    private static final Set<String> OTHERS = Set.of("SLUICE_JAVA_OPTS", "SLUICE_TOKEN", "SLUICE_TRY_WITH");

    // Kubernetes sets variables of this form in every container for each service named sluice-something.
    private static final Pattern SERVICE_LINK =
            Pattern.compile(".*_SERVICE_(HOST|PORT(_.+)?)|.*_PORT_\\d+_(TCP|UDP)(_.+)?");
    private static final Pattern LINK = Pattern.compile("(tcp|udp)://.*");

    private final Map<String, String> variables;
    private final Set<String> read = ConcurrentHashMap.newKeySet();

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /**
     * The names of variables that look like our settings but have not been read: misspelt, or another
     * service's. Sorted.
     */
    public List<String> unread() {
        return variables.keySet().stream()
                .filter(name -> name.startsWith(OURS) && !read.contains(name) && !OTHERS.contains(name))
                .filter(name -> !SERVICE_LINK.matcher(name).matches()
                        && !LINK.matcher(variables.getOrDefault(name, "")).matches())
                .sorted()
                .toList();
    }

    /** The names of the variables that were read, set or not. Sorted. */
    public List<String> names() {
        return read.stream().sorted().toList();
    }

    /** The same without a variable; empty if that is not set. */
    public Optional<Environment> without(String name) {
        Map<String, String> others = new HashMap<>(variables);
        others.remove(name);
        return text(name).map(_ -> new Environment(others));
    }

    /** The variable's text without surrounding blanks. */
    public Optional<String> text(String name) {
        read.add(name);
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String text(String name, String fallback) {
        return text(name).orElse(fallback);
    }

    /**
     * An integer from {@code least} to {@code most}. What Kubernetes sets for a service whose name yields the same variable counts as
     * unset: with a service {@code sluice-http}, SLUICE_HTTP_PORT is {@code tcp://10.0.0.1:8080}.
     */
    public int integer(String name, int fallback, int least, int most) {
        Optional<String> text = text(name).filter(value -> !LINK.matcher(value).matches());
        if (text.isEmpty()) {
            return fallback;
        }
        String expected = "a whole number from " + least + " to " + most;
        try {
            int value = Integer.parseInt(text.get());
            if (value < least || value > most) {
                throw new SettingException(name, text.get(), expected);
            }
            return value;
        } catch (NumberFormatException _) {
            throw new SettingException(name, text.get(), expected);
        }
    }

    public double share(String name, double fallback) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        if (!SHARE.matcher(text.get()).matches()) {
            throw new SettingException(name, text.get(), "a share from 0 to 1, such as 0.5");
        }
        return Double.parseDouble(text.get());
    }

    public boolean flag(String name, boolean fallback) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        return switch (text.get().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new SettingException(name, text.get(), "true or false");
        };
    }

    /** A duration of at most a year, such as {@code 500ms}, {@code 10s} or {@code 5m}. */
    public Duration duration(String name, Duration fallback) {
        return duration(name, fallback, SHORTEST, LONGEST);
    }

    /** A duration from {@code least} to {@code most}. */
    public Duration duration(String name, Duration fallback, Duration least, Duration most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        return parseDuration(text.get())
                .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0)
                .orElseThrow(() -> new SettingException(
                        name,
                        text.get(),
                        "a duration from " + written(least) + " to " + written(most)
                                + ", written like 500ms, 10s or 5m"));
    }

    /** A size in bytes from {@code least} to {@code most}, such as {@code 65536}, {@code 512KiB}, {@code 8MiB}, {@code 1GiB}. */
    public long bytes(String name, long fallback, long least, long most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        Matcher size = SIZE.matcher(text.get());
        long unit = size.matches() ? bytesOf(size.group(2)) : 1;
        long amount = size.matches() ? Long.parseLong(size.group(1)) : -1;
        if (amount > most / unit || amount * unit < least) {
            throw new SettingException(
                    name,
                    text.get(),
                    "a size from " + least + " to " + written(most) + ", written like 65536, 512KiB or 8MiB");
        }
        return amount * unit;
    }

    private static Optional<Duration> parseDuration(String text) {
        return Optional.of(DURATION.matcher(text))
                .filter(Matcher::matches)
                .map(parts -> durationOf(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1))));
    }

    private static String written(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        return Stream.of("d", "h", "m", "s", "ms")
                .filter(unit -> duration.toMillis() % durationOf(unit).toMillis() == 0)
                .findFirst()
                .map(unit -> duration.dividedBy(durationOf(unit)) + unit)
                .orElseThrow();
    }

    private static String written(long bytes) {
        return Stream.of("GiB", "MiB", "KiB", "")
                .filter(unit -> bytes % bytesOf(unit) == 0)
                .findFirst()
                .map(unit -> bytes / bytesOf(unit) + unit)
                .orElseThrow();
    }

    private static Duration durationOf(String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    private static long bytesOf(@Nullable String unit) {
        return switch (unit) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            case null, default -> 1;
        };
    }
}
