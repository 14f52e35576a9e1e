package dev.sluice.http.server;

import dev.sluice.contract.topic.ProjectKey;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A task as a path names it: {@code 1-T6}, or {@code T6} where the project is known from the path. */
final class TaskPath {

    private static final int MAX_LENGTH = 64;
    private static final Pattern FORM = Pattern.compile("(?:([0-9]+)-)?([A-Z]+[0-9]+)");

    private TaskPath() {}

    /** Whether it can be a task's id. */
    static boolean isWellFormed(String segment) {
        return segment.length() <= MAX_LENGTH && FORM.matcher(segment).matches();
    }

    /** The part after the dash, if it is a task's id and the part before the dash, if there is one, names the project. */
    static Optional<String> task(@Nullable String segment, long project) {
        if (segment == null || segment.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(segment);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String prefix = matcher.group(1);
        return prefix == null || ProjectKey.parse(prefix).equals(OptionalLong.of(project))
                ? Optional.of(matcher.group(2))
                : Optional.empty();
    }
}
